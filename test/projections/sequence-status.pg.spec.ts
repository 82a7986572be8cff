import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ObservingEvent } from '#domain/observing/events.ts'
import type { PlanningEvent } from '#domain/planning/events.ts'
import { request } from '#domain/requests/decider.ts'
import { readModels } from '#projections/read-database.ts'
import { sequences } from '#projections/sequences/projection.ts'
import { sequenceById } from '#projections/sequences/queries.ts'
import { historyOf } from '#test/support/given-when-then.ts'
import { type Happening, recordedStory } from '#test/support/happenings.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { RecordedLog } from '#test/support/recorded-log.ts'
import {
  drafting,
  requestId,
  revising,
  sequenceGiven,
  submitting,
  withdrawing,
} from '#test/support/requests.ts'
import {
  abortedWith,
  explained,
  finishedWith,
  firstSequence,
  missed,
  published,
  startedWith,
} from '#test/support/requests-story.ts'
import { startRunning } from '#test/support/running-projections.ts'

type Step = Parameters<typeof request.decide>[0] | PlanningEvent | ObservingEvent

const isCommand = (step: Step): step is Parameters<typeof request.decide>[0] => 'requestId' in step

/** One step a minute from 04:01 on. */
const storyOf = (steps: readonly Step[]): Happening[] => {
  const commands: Parameters<typeof request.decide>[0][] = []
  let told = 0
  return steps.flatMap((step, i): Happening[] => {
    const where = {
      night: '2026-11-20',
      stream: `request-${requestId}`,
      at: `2026-11-21T04:0${i + 1}:00.000Z`,
    }
    if (!isCommand(step)) return [{ ...step, ...where, stream: 'schedule-osm-2026-11-20' }]
    commands.push({ ...step, at: where.at })
    const events = historyOf(request, commands)
    const fresh = events.slice(told)
    told = events.length
    return fresh.map(({ event }) => ({ type: event.type, data: event.data, ...where }))
  })
}

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const seenAfter = async (...steps: Step[]) => {
  await database.pool.query(
    'drop schema if exists noctuary cascade; drop schema if exists public cascade; create schema public',
  )
  await database.pool.query('drop schema if exists sequences_v1_g1 cascade')
  const events = recordedStory(storyOf(steps))
  await using running = startRunning([sequences], { pool: database.pool, feed: new RecordedLog(events) })
  await running.until(({ checkpoint }) => checkpoint.position?.commit === events.at(-1)?.position.commit)
  return sequenceById(readModels(database.pool), firstSequence)
}

const start = '2026-11-21T06:00:00.000Z'
const asked = [drafting(), submitting]
const planned = [...asked, published(1, start)]
const refused = drafting({ sequences: [sequenceGiven({ target: null })] }, { submit: true })

describe("a sequence's status", () => {
  it.each([
    ['DRAFT', 'drafted', [drafting()]],
    ['INVALID', 'refused', [refused]],
    ['DRAFT', 'revised after a refusal', [refused, revising({})]],
    ['TOBEPLANNED', 'submitted', asked],
    ['PLANNED', 'in the plan', planned],
    ['TOBEPLANNED', 'left out of the next plan', [...planned, published(2, null)]],
    ['UNPLANNABLE', 'for good, with too short a window', [...asked, published(1, null, 'WINDOW_TOO_SHORT')]],
    ['UNPLANNABLE', 'for good, with its window passed', [...asked, published(1, null, 'WINDOW_PASSED')]],
    ['TOBEPLANNED', 'revised after that plan', [...planned, revising({ name: 'other' })]],
    ['TOBEPLANNED', 'missed', [...asked, published(1, '2026-11-21T04:03:30.000Z'), missed]],
    ['PLANNED', 'missed and planned again', [...asked, missed, published(2, start)]],
    ['EXECUTING', 'begun', [...planned, startedWith()]],
    [
      'EXECUTING',
      'begun, and published once more as it runs',
      [...planned, startedWith(), published(2, start)],
    ],
    ['EXECUTED', 'with all its images', [...planned, startedWith(), finishedWith(10)]],
    ['EXECUTED', 'aborted with enough of them', [...planned, startedWith(), abortedWith(9)]],
    ['FAILED', 'with too few of them', [...asked, startedWith(), finishedWith(3)]],
    ['FAILED', 'aborted', [...asked, startedWith(), abortedWith(3)]],
    ['PLANNED', 'aborted and planned again', [...asked, startedWith(), abortedWith(3), published(2, start)]],
    [
      'TOBEPLANNED',
      'aborted and left out of the next plan',
      [...asked, startedWith(), abortedWith(3), published(2, null)],
    ],
    ['CANCELLED', 'withdrawn', [...planned, withdrawing]],
    ['EXECUTED', 'withdrawn after it was done', [...asked, startedWith(), finishedWith(10), withdrawing]],
    [
      'CANCELLED',
      'left out by a revision',
      [...planned, revising({ sequences: [sequenceGiven({ name: 'other' })] })],
    ],
  ])('D9 is %s when %s', async (status, _, steps) => expect((await seenAfter(...steps))?.status).toBe(status))

  it('comes with the reason of the plan that it rests on, and not with one of a plan before', async () => {
    const why: PlanningEvent = {
      type: 'ScheduleExplained',
      data: {
        scheduleVersion: 1,
        page: 1,
        last: true,
        unplaced: [{ sequenceId: firstSequence, code: 'LOW', figures: { highestDeg: 12 }, text: 'too low' }],
      },
    }
    const left = published(1, null, 'LOW')
    expect(await seenAfter(...asked, left, why)).toMatchObject({
      code: 'LOW',
      reason_text: 'too low',
      reason_figures: { highestDeg: 12 },
    })
    expect(await seenAfter(...asked, left, why, published(2, null, 'HIGH'))).toMatchObject({
      code: 'HIGH',
      reason_text: null,
    })
    expect(await seenAfter(...asked, left, explained(1))).toMatchObject({ reason_text: null })
  })
})
