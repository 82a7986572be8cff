import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { systemClock } from '#adapters/clock.ts'
import { type AuthorAnswer, sendAsAuthor } from '#adapters/vtp/author.ts'
import { addressText, type VtpAddress } from '#adapters/vtp/connect.ts'
import { vtpSubscriber } from '#adapters/vtp/subscriber.ts'
import { journalEntrySchema } from '#api/http/journal-entry.ts'
import type { NoticeSink, Reception } from '#commands/alerts/sources/notice-sink.ts'
import { sha256 } from '#domain/shared/hash.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { readVtpDocument } from '#domain/shared/vtp/document.ts'
import { apiAddress, askApi } from './ask-api.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { untilAsked } from './until-asked.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

const addressFrom = (text: string): VtpAddress => {
  const [, host, digits] = /^([^:\s]+):(\d{1,5})$/.exec(text) ?? []
  if (!host) throw new InvalidArgumentError('an address is host:port, e.g. 127.0.0.1:8098.')
  return { host, port: Number(digits) }
}

const secondsFrom = (text: string): number => {
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= 3600)) throw new InvalidArgumentError('seconds are a number up to 3600.')
  return seconds
}

const sayAnswer = (answer: AuthorAnswer): void => {
  switch (answer.answer) {
    case 'ack':
      return void say(`accepted by ${answer.by ?? 'a broker without a name'}`)
    case 'nak':
      throw new CommandFailed(`refused: ${answer.reason ?? 'without a reason'}`, 'refused')
    case 'none':
      throw new CommandFailed(
        `no answer (${answer.reason}); it may have been taken all the same, so send the same file again`,
        'noAnswer',
      )
  }
}

const send = async (file: string, { to, timeout }: { to: VtpAddress; timeout: number }): Promise<void> => {
  const raw = await readFile(file).catch((error: unknown) => {
    throw new CommandFailed(error instanceof Error ? error.message : `${error}`, 'badInput')
  })
  const options = { timeoutMs: timeout * 1_000, signal: untilAsked() }
  const answer = await sendAsAuthor(raw, to, options).catch((error: unknown) => {
    throw new CommandFailed(
      `nothing takes notices at ${addressText(to)}: ${error instanceof Error ? error.message : error}`,
      'noAnswer',
    )
  })
  sayAnswer(answer)
}

/** What cannot be printed safely on a terminal shows as its code. */
const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)

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

const watch = async ({ broker, url }: { broker?: VtpAddress; url?: string }): Promise<void> => {
  const asked = untilAsked()
  try {
    await (broker ? watchBroker(broker, asked) : watchApi(apiAddress(url), asked))
  } catch (error) {
    if (!asked.aborted) throw error
  }
}

export const alertCommand = (): Command => {
  const alert = new Command('alert').description('notices of things in the sky: send them, watch them come')
  alert
    .command('send')
    .description('send a notice to a VTP broker as its author, and wait for the answer')
    .argument('<file>', 'VOEvent XML; its bytes are sent as they are')
    .requiredOption('--to <host:port>', 'the author port of a broker, 8098 by custom', addressFrom)
    .option('--timeout <seconds>', 'how long to wait', secondsFrom, 20)
    .addHelpText('after', exitCodeHelp('badInput', 'refused', 'noAnswer'))
    .action(send)
  alert
    .command('watch')
    .description('a line for each notice, until Ctrl-C: of the observatory, or of a broker without one')
    .option('--broker <host:port>', 'a VTP broker to follow instead of the observatory', addressFrom)
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .action(watch)
  return alert
}
