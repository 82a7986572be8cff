import { Command } from 'commander'
import type { z } from 'zod'
import { whySchema } from '#api/http/cause-graph.ts'
import { environmentSchema } from '#api/http/environment.ts'
import { apiAddress, askApi } from './ask-api.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'

type Story = z.output<typeof whySchema>['story']
type Environment = z.output<typeof environmentSchema>

const clockTime = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`

const untimed = ' '.repeat('2026-11-21 03:12:00 UTC'.length)

const told = (story: Story): string[] =>
  story.map(({ at, text }) => (at === null ? `${untimed}    ${text}` : `${clockTime(at)}  ${text}`))

const standing = ({ quantity, value, unit, state, limit, margin }: Environment['quantities'][number]) => {
  const measured = value === null ? 'not known' : `${value}${unit ? ` ${unit}` : ''}`
  const far = limit === null ? '' : `, limit ${limit} ${unit}, margin ${margin} ${unit}`
  return `${untimed}    ${quantity} ${measured}: ${state}${far}`
}

const present = ({ verdict, quantities, updated }: Environment): string[] => [
  `${updated ? clockTime(updated) : untimed}  the roof ${verdict.mayOpen ? 'may be open' : 'must be closed'}: ${verdict.state} since ${clockTime(verdict.since)}`,
  ...quantities.map(standing),
  '',
]

const readEnvironment = async (base: string): Promise<Environment> =>
  environmentSchema.parse(await (await askApi(base, '/api/environment')).json())

const why = async (about: string, { url }: { url?: string }): Promise<void> => {
  const base = apiAddress(url)
  const now = about === 'now' || about === 'verdict' ? await readEnvironment(base) : null
  const id = now?.verdict.eventId ?? about
  if (!/^[0-9a-f-]{36}$/i.test(id))
    throw new CommandFailed(`${about} is neither an event's id (a UUID) nor now nor verdict`, 'badInput')
  const { story } = whySchema.parse(await (await askApi(base, `/api/events/${id}/why`)).json())
  const lines = [...(now && about === 'now' ? present(now) : []), ...told(story)]
  process.stdout.write(`${lines.join('\n')}\n`)
}

export const whyCommand = (): Command =>
  new Command('why')
    .description('why something is as it is, a sentence per line, back to readings and people')
    .argument('<event-id|now|verdict>', 'an event; the state of things now; or the verdict in force')
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .addHelpText('after', exitCodeHelp('badInput', 'logAway', 'undecodable', 'eventUnknown'))
    .action(why)
