import type { ScheduleVersion } from '../../../answers.ts'

type Reason = ScheduleVersion['causes'][number]['why']

const askWords: Readonly<Record<Reason, string>> = {
  submission: 'a request was submitted',
  withdrawal: 'a request was withdrawn',
  alert: 'an alert',
  conditions: 'conditions changed',
  weather: 'the weather',
  'observation-ended': 'an observation ended',
  'night-start': 'the night began',
  person: 'a person asked',
}

/** What asked for a plan, each reason once. */
export const becauseOf = (causes: ScheduleVersion['causes']): string =>
  [...new Set(causes.map(({ why }) => askWords[why]))].join('; ')

export const methodWords: Readonly<Record<ScheduleVersion['method'], string>> = {
  whole: 'planned as a whole',
  'alert-inserted': 'the alert put in, the rest kept',
}
