import { Command, InvalidArgumentError } from 'commander'
import type { z } from 'zod'
import { beforeSchema, faultSchema, playedSchema } from '#api/live/replay.ts'
import { readServerSent, type ServerSent } from '#api/live/server-sent.ts'
import { apiAddress, askApi } from './ask-api.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { untilAsked } from './until-asked.ts'

type Played = z.output<typeof playedSchema>
type Options = { at?: string; speed: number; all?: true; url?: string }

const speedFrom = (text: string): number => {
  const speed = Number(text)
  if (!(speed >= 0.1 && speed <= 100_000))
    throw new InvalidArgumentError('a speed is 0.1 to 100000 seconds of the night to one of ours.')
  return speed
}

const linesOf = ({ occurredAt, changes, sentence }: Played): string[] =>
  (changes.length > 0 ? changes : [sentence]).map((text) => `${occurredAt.slice(11, 19)} UTC  ${text}`)

const told = ({ event, data }: ServerSent): string[] => {
  switch (event) {
    case 'event':
      return linesOf(playedSchema.parse(JSON.parse(data)))
    case 'before': {
      const { events, last } = beforeSchema.parse(JSON.parse(data))
      return [...(last ? linesOf(last) : []), `(${events} events before)`]
    }
    case 'fault':
      throw new CommandFailed(faultSchema.parse(JSON.parse(data)).detail)
    default:
      return []
  }
}

const play = async (night: string, { at, speed, all, url }: Options): Promise<void> => {
  const asked = untilAsked()
  const query = new URLSearchParams({
    speed: `${speed}`,
    ...(at ? { at } : {}),
    ...(all ? { all: 'true' } : {}),
  })
  const path = `/api/nights/${encodeURIComponent(night)}/replay?${query}`
  try {
    const { body } = await askApi(apiAddress(url), path, { signal: asked })
    if (!body) return
    for await (const event of readServerSent(body))
      for (const line of told(event)) process.stdout.write(`${line}\n`)
  } catch (error) {
    if (!asked.aborted) throw error
  }
}

export const replayCommand = (): Command =>
  new Command('replay')
    .description('play a night’s events in time; it only reads, and nothing happens again')
    .argument('<night>', 'the date of its evening at the site, e.g. 2026-11-20')
    .option('--at <time>', 'begin at a UTC time of day in the night, e.g. 03:12, or an instant')
    .option('--speed <factor>', 'seconds of the night to one of ours', speedFrom, 60)
    .option('--all', 'every event, not only those that change something')
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .addHelpText('after', exitCodeHelp('badInput', 'nightUnknown', 'logAway'))
    .action(play)
