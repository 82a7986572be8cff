import type { EventStore } from '#commands/event-store.ts'
import type { Envelope } from '#commands/handle.ts'
import type { Dispatch } from '#commands/process/parts.ts'
import type { AlertCommand } from '#domain/alerts/alert-manager.ts'
import type { Site } from '#domain/shared/site.ts'
import { alertRequestHandler } from './alert-requests.ts'
import { triggerHandler } from './trigger-handler.ts'

const circumstances = (envelope: Envelope, simulated: boolean): Envelope =>
  simulated ? { ...envelope, simulated } : envelope

/** Hands the alert manager's commands to the triggers and to their requests. */
export const alertDispatch = (
  store: EventStore,
  site: Site,
  realDevices: readonly string[],
): Dispatch<AlertCommand> => {
  const trigger = triggerHandler(store, site.id)
  const request = alertRequestHandler(store, site.id)
  return async (command, envelope) => {
    const { at } = envelope
    switch (command.type) {
      case 'TakeNotice':
        return trigger({ ...command, at, site, realDevices }, circumstances(envelope, command.simulated))
      case 'NoteCoincidence':
      case 'GiveUpRequest':
        return trigger({ ...command, at }, envelope)
      case 'SubmitAlertRequest':
      case 'ReviseAlertRequest': {
        const { content, simulated } = command
        const type = command.type === 'SubmitAlertRequest' ? 'submit' : 'revise'
        return request({ type, requestId: content.requestId, content }, circumstances(envelope, simulated))
      }
      case 'WithdrawAlertRequest': {
        const { requestId, sequenceIds, why, stopRunning, simulated } = command
        return request(
          { type: 'withdraw', requestId, sequenceIds, why, stopRunning },
          circumstances(envelope, simulated),
        )
      }
    }
  }
}
