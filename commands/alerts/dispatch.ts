import type { EventStore } from '#commands/event-store.ts'
import type { Envelope } from '#commands/handle.ts'
import type { Dispatch } from '#commands/process/parts.ts'
import type { AlertCommand } from '#domain/alerts/alert-manager.ts'
import { triggerStream } from '#domain/alerts/streams.ts'
import { uuidFrom } from '#domain/shared/ids.ts'
import type { Site } from '#domain/shared/site.ts'
import { alertRequestHandler } from './alert-requests.ts'
import { triggerHandler } from './trigger-handler.ts'

type Take = Omit<Extract<AlertCommand, { type: 'TakeNotice' }>, 'type'>
type TakeAll = Extract<AlertCommand, { type: 'TakeNotices' }>

/** So many triggers of a crowd are appended to side by side: the store writes what comes together at once. */
const atOnce = 16

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
  const take = (command: Take, envelope: Envelope) =>
    trigger(
      { ...command, type: 'TakeNotice', at: envelope.at, site, realDevices },
      circumstances(envelope, command.simulated),
    )
  const takeAll = async ({ notices, strategies }: TakeAll, envelope: Envelope): Promise<void> => {
    const byTrigger = Map.groupBy(notices, ({ mission, triggerId }) => triggerStream(mission, triggerId))
    const lanes = [...byTrigger.values()]
    const work = async () => {
      for (let lane = lanes.shift(); lane; lane = lanes.shift())
        for (const { correlationId, ...notice } of lane) {
          const { noticeEventId } = notice
          const commandId = uuidFrom(noticeEventId, envelope.commandId)
          await take({ ...notice, strategies }, { ...envelope, commandId, correlationId })
        }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
  }
  return async (command, envelope) => {
    const { at } = envelope
    switch (command.type) {
      case 'TakeNotice':
        return take(command, envelope)
      case 'TakeNotices':
        return takeAll(command, envelope)
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
