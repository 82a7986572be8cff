import { Command } from 'commander'
import { z } from 'zod'
import { programmeSchema } from '#api/http/programmes.ts'
import { apiAddress, askApi, tellApi } from './ask-api.ts'
import { columns } from './columns.ts'
import { exitCodeHelp } from './exit-codes.ts'

type Where = { readonly url?: string }
type Members = { readonly leader: string; readonly member: readonly string[] }

const urlOption = ['--url <address>', 'of the API; by default HOST and PORT of the environment'] as const
const listSchema = z.object({ items: z.array(programmeSchema) })

const say = (line: string) => process.stdout.write(`${line}\n`)
const pathOf = (id: string): string => `/api/programmes/${encodeURIComponent(id)}`
const membersOf = ({ leader, member }: Members) => ({ leaderId: leader, memberIds: member })

const open = async (
  id: string,
  { url, title, ...members }: Where & Members & { title: string },
): Promise<void> => {
  await tellApi(apiAddress(url), 'POST', '/api/programmes', { id, title, ...membersOf(members) })
  say(`programme ${id} is open`)
}

const nameMembers = async (id: string, { url, ...members }: Where & Members): Promise<void> => {
  await tellApi(apiAddress(url), 'PUT', `${pathOf(id)}/members`, membersOf(members))
  say(`programme ${id} is led by ${members.leader}`)
}

const close = async (id: string, { url }: Where): Promise<void> => {
  await tellApi(apiAddress(url), 'POST', `${pathOf(id)}/close`)
  say(`programme ${id} is closed`)
}

const list = async ({ url, json }: Where & { json?: true }): Promise<void> => {
  const answer: unknown = await (await askApi(apiAddress(url), '/api/programmes')).json()
  if (json) return void say(JSON.stringify(answer))
  const rows = listSchema
    .parse(answer)
    .items.map(({ id, title, leaderId, memberIds, closedAt }) => [
      id,
      closedAt ? 'closed' : 'open',
      `${leaderId} and ${memberIds.length - 1} more`,
      title,
    ])
  say(rows.length === 0 ? 'there is no programme' : columns(rows))
}

const collected = (value: string, before: readonly string[]): string[] => [...before, value]
const memberOption = ['--member <user>', 'a user; several if need be', collected, [] as string[]] as const

export const programmeCommand = (): Command => {
  const command = new Command('programme').description('scientific programmes')
  command
    .command('open <id>')
    .description('open a programme; leader and members are users')
    .requiredOption('--title <title>')
    .requiredOption('--leader <user>')
    .option(...memberOption)
    .option(...urlOption)
    .action(open)
  command
    .command('members <id>')
    .description('say who leads it and who is in it, all of them')
    .requiredOption('--leader <user>')
    .option(...memberOption)
    .option(...urlOption)
    .action(nameMembers)
  command
    .command('close <id>')
    .description('close a programme')
    .option(...urlOption)
    .action(close)
  command
    .command('list')
    .description('all programmes')
    .option('--json', 'as JSON')
    .option(...urlOption)
    .action(list)
  return command.addHelpText('after', exitCodeHelp('badInput', 'refused', 'logAway'))
}
