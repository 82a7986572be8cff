import { Command } from 'commander'
import { z } from 'zod'
import { shortestPassword } from '#api/auth/passwords.ts'
import { userSchema } from '#api/http/users.ts'
import { apiAddress, askApi, tellApi } from './ask-api.ts'
import { columns } from './columns.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { readSecret } from './read-secret.ts'

type Where = { readonly url?: string }

const urlOption = ['--url <address>', 'of the API; by default HOST and PORT of the environment'] as const
const answerSchema = z.object({ id: z.string() })
const listSchema = z.object({ items: z.array(userSchema) })

const say = (line: string) => process.stdout.write(`${line}\n`)
const pathOf = (id: string): string => `/api/users/${encodeURIComponent(id)}`

type AddOptions = Where & {
  readonly id?: string
  readonly name: string
  readonly email: string
  readonly country?: string
  readonly level?: string
  readonly role: readonly string[]
}

const add = async ({ url, id, name, email, country, level, role }: AddOptions): Promise<void> => {
  const body = {
    ...(id === undefined ? {} : { id }),
    ...{ displayName: name, email },
    ...(country === undefined ? {} : { country }),
    ...(level === undefined ? {} : { level: Number(level) }),
    ...(role.length === 0 ? {} : { roles: role }),
  }
  say(answerSchema.parse(await tellApi(apiAddress(url), 'POST', '/api/users', body)).id)
}

const list = async ({ url, json }: Where & { json?: true }): Promise<void> => {
  const answer: unknown = await (await askApi(apiAddress(url), '/api/users')).json()
  if (json) return void say(JSON.stringify(answer))
  const rows = listSchema
    .parse(answer)
    .items.map(({ id, displayName, email, country, level, roles, erasedAt }) => [
      id,
      erasedAt ? `erased ${erasedAt.slice(0, 10)}` : (displayName ?? 'name unknown'),
      email ?? '',
      country ?? '',
      `level ${level}`,
      roles.join(' '),
    ])
  say(rows.length === 0 ? 'nobody is registered' : columns(rows))
}

const erase = async (id: string, { url }: Where): Promise<void> => {
  await tellApi(apiAddress(url), 'DELETE', pathOf(id))
  say(`${id} is erased: name and address are gone`)
}

const changeRole =
  (method: 'PUT' | 'DELETE', says: string) =>
  async (id: string, role: string, { url }: Where): Promise<void> => {
    await tellApi(apiAddress(url), method, `${pathOf(id)}/roles/${encodeURIComponent(role)}`)
    say(`${id} ${says} ${role}`)
  }

const password = async (id: string, { url }: Where): Promise<void> => {
  const secret = await readSecret(`new password of ${id}, ${shortestPassword} characters at least: `)
  await tellApi(apiAddress(url), 'PUT', `${pathOf(id)}/password`, { password: secret })
  say(`${id} has a new password`)
}

const collected = (value: string, before: readonly string[]): string[] => [...before, value]

export const userCommand = (): Command => {
  const command = new Command('user').description('who may use the observatory')
  command
    .command('add')
    .description('register a user and print the id; repeating it mends one that was cut short')
    .requiredOption('--name <name>', 'never in the log, erasable')
    .requiredOption('--email <address>', 'never in the log, erasable')
    .option('--id <id>', 'made up when left out; stands in the log for ever, so no name')
    .option('--country <code>', 'two letters of ISO 3166, e.g. mx')
    .option('--level <number>', 'caps the priority that may be asked for')
    .option('--role <role>', 'observer, operator, admin or auditor; several if need be', collected, [])
    .option(...urlOption)
    .action(add)
  command
    .command('list')
    .description('everybody')
    .option('--json', 'as JSON')
    .option(...urlOption)
    .action(list)
  command
    .command('erase <id>')
    .description('remove name and address for good; the log keeps the id')
    .option(...urlOption)
    .action(erase)
  command
    .command('password <id>')
    .description(
      `set a password of ${shortestPassword} characters or more: typed, or the first line of the standard input`,
    )
    .option(...urlOption)
    .action(password)
  command
    .command('grant <id> <role>')
    .description('give a role')
    .option(...urlOption)
    .action(changeRole('PUT', 'is now'))
  command
    .command('revoke <id> <role>')
    .description('take a role')
    .option(...urlOption)
    .action(changeRole('DELETE', 'is no longer'))
  return command.addHelpText('after', exitCodeHelp('badInput', 'refused', 'notAllowed', 'logAway'))
}
