import { z } from 'zod'
import type { PlanningEvent, SchedulePublished } from '#domain/planning/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { Tally } from './tally.ts'

export const scheduleSchema = z.object({
  plans: z.number().int(),
  alertsInserted: z.number().int().describe('plans that only put an alert into the one before'),
  causes: z.record(z.string(), z.number().int()).describe('what plans were made for'),
  last: z
    .object({
      scheduleVersion: z.number().int().positive(),
      at: z.iso.datetime(),
      placed: z.number().int(),
      unplaced: z.number().int(),
      unplacedByCode: z.record(z.string(), z.number().int()),
      value: z.number(),
      bound: z.number().describe('no plan can be worth more'),
      eventId: z.uuid(),
    })
    .nullable(),
})

type ScheduleAccount = z.output<typeof scheduleSchema>

const asLast = ({ id, data, metadata }: Recorded<SchedulePublished>): ScheduleAccount['last'] => {
  const byCode = new Tally()
  for (const { code } of data.unplaced) byCode.add(code)
  return {
    scheduleVersion: data.scheduleVersion,
    at: metadata.occurredAt,
    placed: data.placed.length,
    unplaced: data.unplaced.length,
    unplacedByCode: byCode.counts,
    value: data.objective,
    bound: data.bound,
    eventId: id,
  }
}

/** How often a night was planned, what for, and how the last plan stands. */
export class ScheduleFold {
  #plans = 0
  #inserted = 0
  readonly #causes = new Tally()
  #last: ScheduleAccount['last'] = null

  add(event: Recorded<PlanningEvent>): void {
    if (event.type !== 'SchedulePublished') return
    this.#plans += 1
    if (event.data.method === 'alert-inserted') this.#inserted += 1
    for (const why of new Set(event.data.asks.map((ask) => ask.why))) this.#causes.add(why)
    this.#last = asLast(event)
  }

  get account(): ScheduleAccount {
    return {
      plans: this.#plans,
      alertsInserted: this.#inserted,
      causes: this.#causes.counts,
      last: this.#last,
    }
  }
}
