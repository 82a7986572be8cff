import { z } from 'zod'
import type { Clock } from '#domain/shared/clock.ts'
import type { AsOf } from '#projections/engine/as-of/as-of.ts'
import { type Moment, MomentBeingPrepared, NoSuchMoment } from '#projections/engine/as-of/moment.ts'
import { PoisonEvent } from '#projections/engine/event-feed.ts'
import { readPosition } from '#projections/engine/position-of.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { HttpProblem } from './problem.ts'

/** Part of the query string of every read model's endpoint: without either it answers as of now. */
export const momentShape = {
  at: z.iso
    .datetime({ offset: true, error: 'an instant is ISO 8601 with its zone, e.g. 2026-11-21T03:12:00Z' })
    .optional()
    .describe('as the system knew it at this instant'),
  position: z
    .string()
    .regex(/^\d{1,19}$/, 'a position is a whole number: the commit position that x-position gives')
    .optional()
    .describe('as the system knew it after this position of the log'),
  'min-position': z
    .string()
    .regex(/^\d{1,19}$/, 'a position is a whole number: the commit position that x-position gives')
    .optional()
    .describe(
      'not before the read model has come so far: what you wrote is in it then; 504 when that takes too long',
    ),
}

type MomentQuery = {
  readonly at?: string | undefined
  readonly position?: string | undefined
  readonly 'min-position'?: string | undefined
}

/** Does `work` on the read models of some projections as of the moment a query names, or as of now. */
export type ReadAt = <T>(
  projection: string | readonly string[],
  query: MomentQuery,
  work: (db: ReadModels) => Promise<T>,
) => Promise<T>

const momentOf = ({ at, position }: MomentQuery): Moment | null => {
  if (at !== undefined && position !== undefined) {
    const detail = 'querystring: at and position each name a moment; give one of them.'
    throw new HttpProblem(400, 'moment_ambiguous', 'Two moments', detail)
  }
  if (at !== undefined) return { at: new Date(at).toISOString() }
  return position === undefined ? null : { position: BigInt(position) }
}

const problemOf = (error: unknown): unknown => {
  if (error instanceof NoSuchMoment) {
    const status = error.code === 'instant_in_future' ? 400 : 404
    return new HttpProblem(status, error.code, 'No such moment', `${error.message}.`)
  }
  if (error instanceof MomentBeingPrepared) {
    return new HttpProblem(503, 'moment_being_prepared', 'The past is being replayed', `${error.message}.`)
  }
  if (error instanceof PoisonEvent) {
    const detail = `The replay of the log stops at an event it cannot take: ${error.message}.`
    return new HttpProblem(501, 'event_undecodable', 'An event in the log is not known here', detail)
  }
  return error
}

/** How long somebody may be kept waiting, and how often it is looked meanwhile. */
const patienceMs = 5_000
const lookMs = 20

export const makeReadAt = (db: ReadModels, asOf: AsOf | null, clock: Clock): ReadAt => {
  const reached = async (projection: string, wanted: bigint): Promise<void> => {
    const untilMs = clock.now() + patienceMs
    for (;;) {
      const position = await readPosition(db, projection)
      if (BigInt(position) >= wanted) return
      if (clock.now() >= untilMs) {
        const detail = `${projection} is at position ${position} and not at ${wanted} yet; ask again.`
        throw new HttpProblem(504, 'not_there_yet', 'Not there yet', detail)
      }
      await clock.sleepUntil(Math.min(untilMs, clock.now() + lookMs))
    }
  }

  return async (projection, query, work) => {
    const names = [projection].flat()
    const { 'min-position': wanted } = query
    if (wanted !== undefined) await Promise.all(names.map((name) => reached(name, BigInt(wanted))))
    const moment = momentOf(query)
    if (moment === null) return work(db)
    if (!asOf) {
      const detail = 'This program has no line to the log, so it answers as of now only.'
      throw new HttpProblem(503, 'as_of_unavailable', 'The past is not at hand', detail)
    }
    try {
      return await asOf.read(names, moment, work)
    } catch (error) {
      throw problemOf(error)
    }
  }
}
