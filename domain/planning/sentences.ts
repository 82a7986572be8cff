import { type PlanningEvent, planningEvents, type SchedulePublished } from './events.ts'

const types: ReadonlySet<string> = new Set(planningEvents.map(({ type }) => type))

export const isPlanningEvent = (event: { readonly type: string }): event is PlanningEvent =>
  types.has(event.type)

const counted = (count: number, what: string): string | null => (count === 0 ? null : `${count} ${what}`)

const published = ({ data }: SchedulePublished): string => {
  const { changes, preempted, placed, unplaced, scheduleVersion, asks } = data
  const why = [...new Set(asks.map((ask) => ask.why))].join(', ')
  const what = [
    counted(changes?.added.length ?? 0, 'new'),
    counted(changes?.dropped.length ?? 0, 'dropped'),
    counted(changes?.moved.length ?? 0, 'moved'),
  ].filter((text) => text !== null)
  const ended = preempted.map(({ sequenceId, by }) => `; ${sequenceId} must end for ${by}`).join('')
  return (
    `plan ${scheduleVersion}, because of ${why}: ${placed.length} planned, ${unplaced.length} left out` +
    `${what.length > 0 ? ` (${what.join(', ')})` : ''}${ended}`
  )
}

/** What an event of planning says, as one sentence in the observatory's log. */
export const planningSentence = (event: PlanningEvent): string => {
  switch (event.type) {
    case 'ScheduleAsked':
      return `a plan is asked for (${event.data.why}): ${event.data.detail}`
    case 'SchedulePublished':
      return published(event)
    case 'ScheduleExplained':
      return `why plan ${event.data.scheduleVersion} leaves ${event.data.unplaced.length} out, page ${event.data.page}`
  }
}
