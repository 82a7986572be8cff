import { isTriggerEvent } from './alerts/events.ts'
import { isDeviceEvent } from './devices/sentences.ts'
import { environmentDetails, type Focus, focusOf } from './environment/details.ts'
import type { EnvironmentEvent } from './environment/events.ts'
import { isEnvironmentEvent } from './environment/sentences.ts'
import { isObservingEvent } from './observing/sentences.ts'
import type { PlanningEvent } from './planning/events.ts'
import { isPlanningEvent } from './planning/sentences.ts'
import type { Recorded } from './shared/event.ts'

/** What a story is about, so that its lines can leave out the rest. */
export type Subject = {
  readonly quantities: Focus
  readonly sequenceId: string | null
}

const isEnvironmental = (event: Recorded): event is Recorded<EnvironmentEvent> => isEnvironmentEvent(event)

/** The sequence is that of the event asked about; the quantities are those of the nearest verdict. */
export const subjectOf = (events: readonly Recorded[]): Subject => {
  const first = events[0]
  const told = events.find(({ type }) => type === 'SafetyVerdictGiven' || type === 'EnvironmentWentStale')
  const grounds = first && isEnvironmental(first) ? first : told
  return {
    quantities: grounds && isEnvironmental(grounds) ? focusOf(grounds) : null,
    sequenceId: first && isObservingEvent(first) ? first.data.sequenceId : null,
  }
}

const rounded = (value: number | null, digits = 1): string => (value === null ? '?' : value.toFixed(digits))

const planned = (event: PlanningEvent, sequenceId: string | null): string[] => {
  switch (event.type) {
    case 'SchedulePublished':
      return event.data.placed
        .filter((entry) => entry.sequenceId === sequenceId)
        .map(
          ({ name, startsAt, altitudeDeg, airmass, priority, value, slackAfterS }) =>
            `${name} from ${startsAt.slice(11, 19)} UTC at ${rounded(altitudeDeg)}° (airmass ${rounded(airmass, 2)}), priority ${priority}, worth ${rounded(value)}, could wait ${Math.round(slackAfterS)} s`,
        )
    case 'ScheduleExplained':
      return event.data.unplaced.filter((entry) => entry.sequenceId === sequenceId).map(({ text }) => text)
    case 'ScheduleAsked':
      return []
  }
}

/** What an event rests on in figures, a sentence each. */
export const detailsOf = (event: Recorded, { quantities, sequenceId }: Subject): string[] => {
  if (isEnvironmental(event)) return environmentDetails(event, quantities)
  if (isPlanningEvent(event)) return planned(event, sequenceId)
  if (isTriggerEvent(event) && event.type === 'TriggerJudged')
    return event.data.verdicts.flatMap(({ strategy, gates }) =>
      gates.map(({ gate, passed, text }) => `${strategy}, ${gate}: ${text}${passed ? '' : ' — refused'}`),
    )
  if (isDeviceEvent(event) && event.type === 'DeviceCommandRefused')
    return event.data.margin === undefined || event.data.margin === null
      ? []
      : [`margin ${event.data.margin}`]
  return []
}
