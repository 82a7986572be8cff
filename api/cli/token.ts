import { Command } from 'commander'
import { z } from 'zod'
import { tokenSchema } from '#api/auth/shapes.ts'
import { rightMeanings, rights } from '#domain/people/rights.ts'
import { apiAddress, askApi, onBehalfOf, tellApi } from './ask-api.ts'
import { tokenHelp } from './bearer.ts'
import { columns } from './columns.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'

type Where = { readonly url?: string; readonly user?: string }

const say = (line: string) => process.stdout.write(`${line}\n`)
const issuedSchema = z.object({ id: z.string(), token: z.string() })
const listSchema = z.object({ items: z.array(tokenSchema) })

type CreateOptions = Where & {
  readonly name: string
  readonly scope: readonly string[]
  readonly expires?: string
}

const instantFrom = (text: string): string => {
  const date = new Date(text)
  if (Number.isNaN(date.getTime()))
    throw new CommandFailed(`--expires: ${text} is no date, e.g. 2027-05-01`, 'badInput')
  return date.toISOString()
}

const create = async ({ url, user, name, scope, expires }: CreateOptions): Promise<void> => {
  const body = { name, scopes: scope, ...(expires === undefined ? {} : { expiresAt: instantFrom(expires) }) }
  const answer = await tellApi(apiAddress(url), 'POST', '/api/tokens', body, onBehalfOf(user))
  const { id, token } = issuedSchema.parse(answer)
  say(token)
  process.stderr.write(`${id}: keep it now, it is not shown again\n`)
}

const list = async ({ url, json }: Where & { json?: true }): Promise<void> => {
  const answer: unknown = await (await askApi(apiAddress(url), '/api/tokens?all=true')).json()
  if (json) return void say(JSON.stringify(answer))
  const rows = listSchema
    .parse(answer)
    .items.map(({ id, user, name, scopes, expiresAt, usedAt }) => [
      ...[id, user, name, scopes.join(' ')],
      expiresAt ? `until ${expiresAt.slice(0, 10)}` : 'until revoked',
      usedAt ? `used ${usedAt.slice(0, 10)}` : 'never used',
    ])
  say(rows.length === 0 ? 'there are no tokens' : columns(rows))
}

const revoke = async (id: string, { url }: Where): Promise<void> => {
  await tellApi(apiAddress(url), 'DELETE', `/api/tokens/${encodeURIComponent(id)}`)
  say(`${id} is revoked`)
}

const collected = (value: string, before: readonly string[]): string[] => [...before, value]
const scopeHelp = rights.map((right) => `  ${right.padEnd(9)} ${rightMeanings[right]}`).join('\n')

export const tokenCommand = (): Command => {
  const command = new Command('token').description('what programs bear to be let in')
  const url = ['--url <address>', 'of the API; by default HOST and PORT of the environment'] as const
  command
    .command('create')
    .description('a token for a user, printed once; it never may more than its user')
    .requiredOption('--name <name>', 'to tell it from others')
    .requiredOption('--scope <right>', 'what it may; several if need be', collected, [])
    .option('--user <id>', 'whose; by default local')
    .option('--expires <date>', 'good until then; by default until revoked')
    .option(...url)
    .addHelpText('after', `\nScopes:\n${scopeHelp}`)
    .action(create)
  command
    .command('list')
    .description("everybody's, without their secrets")
    .option('--json', 'as JSON')
    .option(...url)
    .action(list)
  command
    .command('revoke <id>')
    .description('from now on it opens nothing')
    .option(...url)
    .action(revoke)
  return command
    .addHelpText('after', tokenHelp)
    .addHelpText('after', exitCodeHelp('badInput', 'refused', 'notAllowed', 'logAway'))
}
