import { z } from 'zod'

/** Names of the ways to spread events over consumers. */
export const strategyNames = ['DispatchToSingle', 'RoundRobin', 'Pinned'] as const

const filterSchema = z.object({
  on: z.enum(['stream', 'type']),
  regex: z.string(),
  prefixes: z.array(z.string()),
  checkpointEvery: z.number(),
})

export const settingsSchema = z.object({
  resolveLinks: z.boolean(),
  extraStatistics: z.boolean(),
  messageTimeoutMs: z.number(),
  maxRetryCount: z.number(),
  checkpointAfterMs: z.number(),
  minCheckpointCount: z.number(),
  maxCheckpointCount: z.number(),
  maxSubscriberCount: z.number(),
  liveBufferSize: z.number(),
  readBatchSize: z.number(),
  historyBufferSize: z.number(),
  strategy: z.enum(strategyNames),
})

export const groupConfigSchema = z.object({
  /** A stream's name, or `$all`. */
  source: z.string(),
  group: z.string(),
  settings: settingsSchema,
  /** As the client gave it: a revision or position, or -1 for the end. */
  startFrom: z.number(),
  /** First revision, or log position, to deliver while there is no checkpoint. */
  firstKey: z.number(),
  filter: filterSchema.optional(),
})

/** What is stored of all groups, in one event. */
export const storedGroupsSchema = z.object({ version: z.literal(1), entries: z.array(groupConfigSchema) })

export type GroupSettings = z.infer<typeof settingsSchema>
export type GroupConfig = z.infer<typeof groupConfigSchema>

export const allSource = '$all'
export const checkpointStream = ({ source, group }: GroupConfig): string =>
  `$persistentsubscription-${source}::${group}-checkpoint`
export const parkedStream = ({ source, group }: GroupConfig): string =>
  `$persistentsubscription-${source}::${group}-parked`
