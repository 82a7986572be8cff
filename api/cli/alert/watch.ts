import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { systemClock } from '#adapters/clock.ts'
import type { VtpAddress } from '#adapters/vtp/connect.ts'
import { vtpSubscriber } from '#adapters/vtp/subscriber.ts'
import { journalEntrySchema } from '#api/http/journal-entry.ts'
import type { NoticeSink, Reception } from '#commands/alerts/sources/notice-sink.ts'
import { sha256 } from '#domain/shared/hash.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { readVtpDocument } from '#domain/shared/vtp/document.ts'
import { apiAddress, askApi } from '../ask-api.ts'
import { printable } from '../printable.ts'
import { untilAsked } from '../until-asked.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

const lineSink: NoticeSink = async ({ raw, receivedAt }): Promise<Reception> => {
  const document = readVtpDocument(raw)
  const name = document.kind === 'event' ? (document.ivorn ?? 'without an ivorn') : 'not a notice'
  say(`${receivedAt}  ${printable(name)}  ${raw.length} bytes`)
  const eventId = uuidFrom(sha256(raw).toString('hex'), noctuaryNamespace)
  return { outcome: 'recorded', eventId, detail: null }
}

const watchBroker = (broker: VtpAddress, asked: AbortSignal): Promise<void> =>
  vtpSubscriber({
    broker,
    ivorn: 'ivo://noctuary.local/watch',
    sink: lineSink,
    clock: systemClock,
    random: Math.random,
    say,
  }).run(asked)

const pageSchema = z.object({ items: z.array(journalEntrySchema) })
const everyMs = 1_000

/** Notices as the API has them on record, from now on. */
const watchApi = async (base: string, asked: AbortSignal): Promise<void> => {
  let from = new Date().toISOString()
  let said = new Set<string>()
  say(`watching ${base}`)
  while (!asked.aborted) {
    const query = `type=NoticeReceived&type=NoticeConflicted&order=oldest&limit=1000&from=${from}`
    const answer = await askApi(base, `/api/journal?${query}`, { signal: asked })
    const { items } = pageSchema.parse(await answer.json())
    for (const { id, type, occurredAt, summary } of items) {
      if (!said.has(id)) say(`${occurredAt}  ${printable(summary ?? type)}`)
      from = occurredAt
    }
    // The next page begins with those of the last instant again.
    said = new Set(items.filter(({ occurredAt }) => occurredAt === from).map(({ id }) => id))
    await sleep(everyMs, undefined, { signal: asked })
  }
}

/** A line for each notice until Ctrl-C: of a broker, or else of the observatory. */
export const watchNotices = async ({
  broker,
  url,
}: {
  readonly broker?: VtpAddress
  readonly url?: string
}): Promise<void> => {
  const asked = untilAsked()
  try {
    await (broker ? watchBroker(broker, asked) : watchApi(apiAddress(url), asked))
  } catch (error) {
    if (!asked.aborted) throw error
  }
}
