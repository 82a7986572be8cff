import type { Instant } from '#domain/shared/time.ts'
import type { EnvironmentCommand } from './commands.ts'
import type { EnvironmentEvent } from './events.ts'
import type { SafetyRules } from './limits.ts'

/** All that one poll left in the log. */
export type RecordedPoll = {
  readonly commandId: string
  readonly at: Instant
  readonly night: string
  readonly events: readonly EnvironmentEvent[]
  /** By which rules it was judged; undefined where nothing of it was judged. */
  readonly rulesVersion: string | undefined
}

type Found = { readonly [Type in EnvironmentEvent['type']]?: Extract<EnvironmentEvent, { type: Type }> }

/** The command that the poll was, under other rules. Devices come in the order in which they are judged. */
export const commandOf = (
  { commandId, at, night, events }: RecordedPoll,
  rules: SafetyRules,
): EnvironmentCommand => {
  const found: Found = Object.fromEntries(events.map((event) => [event.type, event]))
  const { PlcLinkLost: lost, PlcLinkRestored: restored, PlcReplyRejected: rejected } = found
  const {
    WeatherReadingRecorded: weather,
    SiteReadingRecorded: inside,
    EnvironmentAssessed: assessed,
  } = found
  // Nothing is judged by the address, and only events of the line name it.
  const address = (lost ?? restored)?.data.address ?? ''
  const about = { commandId, at, night, rules, address }
  if (weather && inside && assessed) {
    const devices = [...weather.data.devices, ...inside.data.devices]
    const { validPolicy } = assessed.data
    return { type: 'RecordPlcReply', reply: { source: weather.data.source, devices }, validPolicy, ...about }
  }
  if (rejected) return { type: 'RecordPlcReplyRejected', ...rejected.data, ...about }
  const { phase, detail } = lost?.data ?? { phase: 'connect', detail: '' }
  return { type: 'RecordPlcUnreachable', phase, detail, ...about }
}
