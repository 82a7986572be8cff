import { CommandRefused } from '#commands/command-refused.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { Envelope } from '#commands/handle.ts'
import { capabilities, wrongCommand } from '#domain/devices/capabilities.ts'
import type { Refused } from '#domain/devices/conversation.ts'
import type { DeviceName } from '#domain/devices/events.ts'
import { gate } from '#domain/devices/gate.ts'
import type { Site } from '#domain/shared/site.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { converseOn } from './conversations.ts'
import { loadSituation } from './load-situation.ts'

export type DeviceOrder = {
  readonly device: DeviceName
  readonly name: string
  readonly parameters?: Readonly<Record<string, unknown>>
  /** How long it may take; what the capability says when left out. */
  readonly patienceS?: number
  /** A drill: a device that is real refuses it. */
  readonly isDrill?: true
}

export type RequestedCommand = {
  readonly conversationId: string
  /** Known at once when a person may not give it now. */
  readonly refusal: Refused | null
}

/** What a person may not do now is refused at once; the rest is for the device's agent to weigh, right before it acts. */
const refusedByMode = new Set(['refused_in_automatic', 'refused_in_engineering', 'mode_unknown'])

/**
 * Asks a device for something: a conversation, named by the command's id, is then on record and its agent takes it up.
 * The same command id is the same conversation. Throws {@link CommandRefused} for what the device cannot do at all:
 * nothing is on record then.
 */
export const requestDeviceCommand =
  (parts: { store: EventStore; site: Site }) =>
  async (order: DeviceOrder, envelope: Envelope): Promise<RequestedCommand> => {
    const { device, name, parameters = {} } = order
    const wrong = wrongCommand(device, name, parameters)
    const spec = capabilities[device].commands[name]
    if (wrong || !spec) throw new CommandRefused(wrong?.code ?? 'unknown_command', wrong?.why ?? name)
    const weighed =
      envelope.actor.kind === 'user'
        ? gate({ class: spec.class, actor: envelope.actor }, await loadSituation(parts, envelope.at))
        : null
    const refusal = weighed && refusedByMode.has(weighed.code) ? weighed : null
    const conversationId = envelope.commandId
    const { events } = await converseOn(parts.store, parts.site.id).tell(
      {
        type: 'Request',
        device,
        name,
        conversationId,
        night: envelope.night,
        parameters,
        deadlineAt: addSeconds(envelope.at, order.patienceS ?? spec.patienceS(parameters)),
        idempotent: spec.idempotent,
        refusal,
        ...(order.isDrill ? { isDrill: true as const } : {}),
      },
      envelope,
    )
    const refused = events.find((event) => event.type === 'DeviceCommandRefused')
    return { conversationId, refusal: refused?.type === 'DeviceCommandRefused' ? refused.data : null }
  }
