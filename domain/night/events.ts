import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const revision = z.number().int().nonnegative()
const about = { site: z.string(), night: z.iso.date(), rootHash: sha256Hex }

/**
 * The marks (see `hash-chain.ts`) of a night's events, so that a difference can be given a name. In pages, as an append is
 * at most 1 MiB; written before the seal with the same root, and worth nothing without it.
 */
export const nightEventsHashed = defineEvent('NightEventsHashed', {
  version: 1,
  schema: z.object({
    ...about,
    page: z.number().int().positive(),
    /** Consecutive events of one stream: 8 bytes each, joined, in base64. */
    runs: z.array(z.object({ stream: z.string(), firstRevision: revision, marks: z.base64() })),
  }),
})

/** The night is over and this is all of it. `algorithm` names how `hash-chain.ts` came to these numbers. */
export const nightSealed = defineEvent('NightSealed', {
  version: 1,
  schema: z.object({
    ...about,
    algorithm: z.string(),
    count: z.number().int().positive(),
    streams: z.array(
      z.object({
        stream: z.string(),
        count: z.number().int().positive(),
        firstRevision: revision,
        lastRevision: revision,
        hash: sha256Hex,
      }),
    ),
    /** How many events with marks precede it. */
    pages: z.number().int().nonnegative(),
  }),
})

export const nightEvents = [nightEventsHashed, nightSealed] as const

export type NightEvent = EventOf<(typeof nightEvents)[number]>
export type NightEventsHashed = EventOf<typeof nightEventsHashed>
export type NightSealed = EventOf<typeof nightSealed>
export type MarkedRun = NightEventsHashed['data']['runs'][number]
