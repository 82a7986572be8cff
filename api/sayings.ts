import type { PollOutcome } from '#commands/environment/monitor.ts'
import type { EnvironmentEvent } from '#domain/environment/events.ts'

const saying = (event: EnvironmentEvent): string | null => {
  switch (event.type) {
    case 'SafetyVerdictGiven': {
      const [worst] = event.data.reasons
      return `${event.data.state.toUpperCase()}${worst ? `: ${worst.text}` : ''}`
    }
    case 'PlcLinkLost':
      return `the PLC at ${event.data.address} does not answer`
    case 'PlcLinkRestored':
      return `the PLC answers again after ${Math.round(event.data.outageS)} s`
    case 'PlcReplyRejected':
      return `the PLC's answer was rejected: ${event.data.detail}`
    case 'WeatherReadingRecorded':
    case 'SiteReadingRecorded':
    case 'EnvironmentAssessed':
    case 'EnvironmentWentStale':
      return null
  }
}

/** What a person wants to read of a poll: what changed, with the time in UTC; most polls are silent. */
export const sayings = (outcome: PollOutcome): string[] => {
  const time = `${outcome.at.slice(11, 19)} UTC`
  if (outcome.kind === 'not-recorded') return [`${time}  poll not recorded: ${outcome.error}`]
  return outcome.events.flatMap((event) => {
    const text = saying(event)
    return text === null ? [] : [`${time}  ${text}`]
  })
}
