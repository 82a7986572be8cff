import { z } from 'zod'

export const actorSchema = z.object({
  kind: z.enum(['agent', 'user', 'program', 'simulator']),
  id: z.string(),
  /** Who or what spoke for them, e.g. `token:3f9a…` or `local`; left out where they spoke for themselves. */
  via: z.string().optional(),
})

/** What every event carries beside its data. */
export const metadataSchema = z.object({
  schemaVersion: z.number().int().positive(),
  /** Our clock, when the fact was accepted. */
  occurredAt: z.iso.datetime(),
  /** The device's clock, when it claims to have seen it; may be wrong by years. */
  observedAt: z.iso.datetime().optional(),
  /** The command or event that began the whole affair. */
  correlationId: z.uuid(),
  /** The command or event that directly led to this one. */
  causationId: z.uuid(),
  actor: actorSchema,
  site: z.string(),
  night: z.iso.date(),
  simulated: z.literal(true).optional(),
  rulesVersion: z.string().optional(),
  /** Of what a command said that bears a key of its giver's: the same key with other words is no repetition. */
  commandDigest: z.string().optional(),
})

export type Actor = z.output<typeof actorSchema>
export type Metadata = z.output<typeof metadataSchema>
