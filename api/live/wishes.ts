import { z } from 'zod'
import { positionFrom } from '#api/http/paging.ts'
import { HttpProblem } from '#api/http/problem.ts'
import { directory } from '#domain/live/directory.ts'
import { checkSubscription, type Subscription, SubscriptionRefused } from '#domain/live/subscription.ts'
import type { Wishes } from './connection.ts'

const many = z.preprocess((given) => (given === undefined ? [] : [given].flat()), z.array(z.string()))

const place = z
  .string()
  .regex(/^\d{1,19}\/\d{1,19}$/, 'a position is commit/prepare, as an event’s `position` and id have it')

// Strict: a misspelt filter must not answer with everything.
export const liveQuerySchema = z.strictObject({
  sender: z.string().optional().describe('one sender; any without it'),
  event: z
    .string()
    .optional()
    .describe('one of its events, or a channel (%23 and a name); everything without it'),
  subscribe: many.describe('more of them, each sender:event, either side empty or * for any'),
  model: many.describe('a read model whose changes to tell; repeat it for several'),
  since: place.optional().describe('go on from here: everything after it, without loss or repetition'),
  pattern: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('only what has this text in its type, sender or sentence, upper or lower case'),
})

export type LiveQuery = z.output<typeof liveQuerySchema>

const orAny = (text: string): string | null => (text === '' || text === '*' ? null : text)

const subscriptionFrom = (text: string): Subscription => {
  const colon = text.indexOf(':')
  if (colon === -1)
    throw new SubscriptionRefused('EVENT_UNDECLARED', `subscribe=${text}: a subscription is sender:event`)
  return { sender: orAny(text.slice(0, colon)), event: orAny(text.slice(colon + 1)) }
}

const subscriptionsOf = ({ sender, event, subscribe, model }: LiveQuery): readonly Subscription[] => {
  const named = sender !== undefined || event !== undefined
  const own = named ? [{ sender: orAny(sender ?? ''), event: orAny(event ?? '') }] : []
  const all = [...own, ...subscribe.map(subscriptionFrom)]
  if (all.length === 0 && model.length === 0) return [{ sender: null, event: null }]
  for (const wanted of all) checkSubscription(wanted, directory)
  return all
}

const refused = (error: unknown): never => {
  if (!(error instanceof SubscriptionRefused)) throw error
  throw new HttpProblem(400, error.code, 'Nobody can be heard that way', `${error.message}.`)
}

const modelsOf = (asked: readonly string[], known: readonly string[]): ReadonlySet<string> => {
  const wrong = asked.find((name) => !known.includes(name))
  if (wrong === undefined) return new Set(asked)
  const detail = `There is no read model ${wrong}; there are ${known.join(', ')}.`
  throw new HttpProblem(400, 'projection_unknown', 'No such read model', detail)
}

/** What a query asks to hear; throws a problem that says what would be right. `lastId` is what a browser had last. */
export const wishesOf = (query: LiveQuery, lastId: string | undefined, models: readonly string[]): Wishes => {
  const wants = ((): readonly Subscription[] => {
    try {
      return subscriptionsOf(query)
    } catch (error) {
      return refused(error)
    }
  })()
  const text = query.pattern?.toLowerCase()
  const since = lastId !== undefined && place.safeParse(lastId).success ? lastId : query.since
  return {
    wants,
    passes: text === undefined ? () => true : (item) => item.words().includes(text),
    models: modelsOf(query.model, models),
    ...(since === undefined ? {} : { since: positionFrom(since) }),
  }
}
