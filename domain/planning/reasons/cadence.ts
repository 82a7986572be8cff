import { instantAt, type Lack } from './context.ts'
import type { Reason } from './reason.ts'
import { clock } from './say.ts'

export const cadenceDone = ({ one }: Lack): Reason => {
  const done = one.candidate.previousStarts.length
  const times = one.candidate.cadence?.times ?? 1
  return {
    code: 'CADENCE_DONE',
    figures: { times, done },
    text: `it was observed ${done} times, as often as was asked for (${times})`,
  }
}

const say = (instant: string): string => `${instant.slice(0, 10)} ${clock(instant)}`

export const cadenceNotDue = ({ one, prepared }: Lack): Reason => {
  const [from, until] = one.due.starts
  const lastStartedAt = one.candidate.previousStarts.toSorted().at(-1) ?? ''
  const figures = {
    lastStartedAt,
    dueFrom: instantAt(prepared, from),
    dueUntil: Number.isFinite(until) ? instantAt(prepared, until) : null,
  }
  const to = figures.dueUntil ? ` to ${say(figures.dueUntil)}` : ' on'
  return {
    code: 'CADENCE_NOT_DUE',
    figures,
    text: `it was observed at ${say(lastStartedAt)}; the next is due from ${say(figures.dueFrom)}${to}, outside its windows of this night`,
  }
}
