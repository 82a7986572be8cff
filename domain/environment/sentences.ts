import { type EnvironmentEvent, environmentEvents, type SafetyVerdictGiven } from './events.ts'
import { isValid } from './flags.ts'
import type { PlcReply } from './readings.ts'

const types: ReadonlySet<string> = new Set(environmentEvents.map(({ type }) => type))

export const isEnvironmentEvent = (event: { readonly type: string }): event is EnvironmentEvent =>
  types.has(event.type)

const listed = (names: readonly string[]): string => names.join(', ')

const reading = (kind: string, { devices }: PlcReply): string => {
  if (devices.length === 0) return `no ${kind} devices in the answer`
  const invalid = devices.filter((device) => !isValid(device)).map(({ name }) => name)
  const sent = `${kind} devices read: ${listed(devices.map(({ name }) => name))}`
  return invalid.length === 0 ? sent : `${sent}; not valid: ${listed(invalid)}`
}

const verdict = ({ data: { state, previous, reasons } }: SafetyVerdictGiven): string => {
  const turn = state === previous ? `still ${state}, on other grounds` : `became ${state}`
  const [worst, ...others] = reasons
  if (!worst) return `${turn}: every quantity is within its limits`
  const also = others.length === 0 ? '' : `; also ${listed(others.map(({ quantity }) => quantity))}`
  return `${turn}: ${worst.text}${also}`
}

/** What an event of the environment says, as one sentence in the observatory's log. */
export const environmentSentence = (event: EnvironmentEvent): string => {
  switch (event.type) {
    case 'WeatherReadingRecorded':
      return reading('weather', event.data)
    case 'SiteReadingRecorded':
      return reading('site', event.data)
    case 'PlcReplyRejected':
      return `PLC answer rejected (${event.data.reason}): ${event.data.detail}`
    case 'PlcLinkLost':
      return `PLC at ${event.data.address} does not answer (${event.data.phase}): ${event.data.detail}`
    case 'PlcLinkRestored':
      return `PLC at ${event.data.address} answers again after ${Math.round(event.data.outageS)} s`
    case 'EnvironmentAssessed':
      return `poll ${event.data.poll} judged ${event.data.verdict.state}`
    case 'EnvironmentWentStale':
      return `too old to trust: ${listed(event.data.quantities.map(({ quantity }) => quantity))}`
    case 'SafetyVerdictGiven':
      return verdict(event)
  }
}

/** Whether an event of the environment comes with every poll; what is left is news. */
export const isRoutine = ({ type }: EnvironmentEvent): boolean =>
  type === 'WeatherReadingRecorded' || type === 'SiteReadingRecorded' || type === 'EnvironmentAssessed'
