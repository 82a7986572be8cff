import { Command } from 'commander'
import { z } from 'zod'
import { purgedSchema } from '#api/http/operation/queues.ts'
import { agentSchema } from '#api/http/system.ts'
import { apiAddress, askApi, onBehalfOf, tellApi } from './ask-api.ts'
import { columns } from './columns.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { printable } from './printable.ts'

type Where = { readonly url?: string; readonly user?: string }
type PurgeOptions = Where & { readonly all?: true; readonly force?: true; readonly why?: string }

const say = (line: string) => process.stdout.write(`${line}\n`)
const urlOption = ['--url <address>', 'of the API; by default HOST and PORT of the environment'] as const
const listSchema = z.object({ items: z.array(agentSchema) })

const list = async ({ url }: Where): Promise<void> => {
  const { items } = listSchema.parse(await (await askApi(apiAddress(url), '/api/agents')).json())
  const rows = items.map(({ name, state, host, restarts, lastFailure }) => [
    ...[name, state, host, `${restarts} restarts`],
    lastFailure ? `failed ${lastFailure.at}: ${printable(lastFailure.why)}` : '',
  ])
  say(rows.length === 0 ? 'no agent has run yet' : columns(rows))
}

const purge = async (agent: string | undefined, options: PurgeOptions): Promise<void> => {
  const { url, user, all, force, why } = options
  if ((agent === undefined) === (all === undefined))
    throw new CommandFailed('name one agent, or say --all', 'badInput')
  if (!force)
    throw new CommandFailed('what is purged cannot be brought back: say --force if you mean it', 'badInput')
  const path = `/api/agents/${encodeURIComponent(agent ?? 'all')}/purge`
  const body = { force, ...(why === undefined ? {} : { why }) }
  const answer = await tellApi(apiAddress(url), 'POST', path, body, onBehalfOf(user))
  const { count, agents } = purgedSchema.parse(answer)
  say(columns(agents.map((each) => [each.agent, `${each.count} taken back`])))
  if (agents.length > 1) say(`${count} in all`)
}

export const agentCommand = (): Command => {
  const command = new Command('agent').description('the agents, and the messages that wait for them')
  command
    .command('list')
    .description('every agent: its state, who runs it, its last failure')
    .option(...urlOption)
    .action(list)
  command
    .command('purge [agent]')
    .description('take back every message that waits for an agent; what it has in hand it finishes')
    .option('--all', 'for every agent')
    .option('--force', 'needed: there is no undo')
    .option('--why <text>', 'stands in the log')
    .option('--user <id>', 'who does it; by default local')
    .option(...urlOption)
    .action(purge)
  return command.addHelpText('after', exitCodeHelp('badInput', 'refused', 'notAllowed', 'logAway'))
}
