import type { EventStore, ProposedEvent, Revision } from '#commands/event-store.ts'
import type { Ask } from '#domain/planning/desk/desk.ts'
import type { ScheduleExplained, SchedulePublished } from '#domain/planning/events.ts'
import { scheduleStream } from '#domain/planning/streams.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'

export const plannerActor: Actor = { kind: 'agent', id: 'planner' }

type About = {
  readonly site: string
  readonly night: string
  readonly at: string
  readonly expected: Revision
}

/** The same version of the same inputs has the same id, whoever appends it and how often. */
const scheduleId = ({ site, night }: About, { scheduleVersion, inputsHash }: SchedulePublished['data']) =>
  uuidFrom(`schedule/${site}/${night}/${scheduleVersion}/${inputsHash}`, noctuaryNamespace)

/** Appends a version; rejects with `RevisionConflict` when another planner was first. */
export const publishSchedule = async (
  store: EventStore,
  data: SchedulePublished['data'],
  newest: Ask,
  about: About,
): Promise<void> => {
  const { site, night, at, expected } = about
  const metadata = {
    occurredAt: at,
    correlationId: newest.correlationId,
    causationId: newest.eventId,
    actor: plannerActor,
    site,
    night,
    ...(newest.simulated ? { simulated: true as const } : {}),
  }
  const event = { id: scheduleId(about, data), type: 'SchedulePublished', data, metadata }
  await store.append(scheduleStream(site, night), [event], expected)
}

/** Appends the pages that are missing, one by one: together they may be more than an append can carry. */
export const explainSchedule = async (
  store: EventStore,
  pages: readonly ScheduleExplained['data'][],
  schedule: { readonly eventId: string; readonly revision: bigint },
  { site, night, at }: Omit<About, 'expected'>,
): Promise<bigint> => {
  let { revision } = schedule
  for (const page of pages) {
    const event: ProposedEvent = {
      id: uuidFrom(`explained/${page.page}`, schedule.eventId),
      type: 'ScheduleExplained',
      data: page,
      metadata: {
        occurredAt: at,
        correlationId: schedule.eventId,
        causationId: schedule.eventId,
        actor: plannerActor,
        site,
        night,
      },
    }
    revision = (await store.append(scheduleStream(site, night), [event], revision)).revision
  }
  return revision
}
