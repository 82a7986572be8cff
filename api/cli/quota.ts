import { Command } from 'commander'
import { z } from 'zod'
import { quotaAccountSchema } from '#api/http/quotas.ts'
import { semesterOf } from '#domain/requests/quotas/semester.ts'
import { apiAddress, askApi, tellApi } from './ask-api.ts'
import { columns } from './columns.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'

type Where = { readonly url?: string }

const urlOption = ['--url <address>', 'of the API; by default HOST and PORT of the environment'] as const
const listSchema = z.object({ items: z.array(quotaAccountSchema) })

const say = (line: string) => process.stdout.write(`${line}\n`)

const secondsPerUnit: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 }

const secondsFrom = (text: string): number => {
  const [, number = '', unit = 's'] = /^(\d+(?:\.\d+)?)(s|min|h)?$/.exec(text) ?? []
  if (number === '')
    throw new CommandFailed(`${JSON.stringify(text)} is no time: write 3600, 90min or 10h`, 'badInput')
  return Number(number) * (secondsPerUnit[unit] ?? 1)
}

type GrantOptions = Where & { readonly period?: string; readonly why: string }

const grant = async (level: string, id: string, time: string, options: GrantOptions): Promise<void> => {
  const { url, why, period = semesterOf(new Date().toISOString().slice(0, 10)) } = options
  const seconds = secondsFrom(time)
  await tellApi(apiAddress(url), 'POST', '/api/quotas', { level, id, period, seconds, why })
  say(`${seconds} s granted to ${level} ${id} in ${period}`)
}

type ShowOptions = Where & { readonly period?: string; readonly json?: true }

const show = async ({ url, period, json }: ShowOptions): Promise<void> => {
  const path = period === undefined ? '/api/quotas' : `/api/quotas?period=${encodeURIComponent(period)}`
  const answer: unknown = await (await askApi(apiAddress(url), path)).json()
  if (json) return void say(JSON.stringify(answer))
  const rows = listSchema
    .parse(answer)
    .items.map(({ period, level, id, grantedS, reservedS, spentS, leftS }) => [
      period,
      level,
      id,
      leftS === null ? 'without a limit' : `${leftS} s left of ${grantedS} s`,
      `${reservedS} s reserved`,
      `${spentS} s spent`,
    ])
  say(rows.length === 0 ? 'no account has anything yet' : columns(rows))
}

export const quotaCommand = (): Command => {
  const command = new Command('quota').description('time granted to users, countries and programmes')
  command
    .command('grant <level> <id> <time>')
    .description('add to what a user, country or programme has, e.g. grant programme survey 10h')
    .option('--period <semester>', 'e.g. 2026B; by default the one that is on')
    .option('--why <text>', 'stands in the log', 'granted by hand')
    .option(...urlOption)
    .action(grant)
  command
    .command('show')
    .description('what every account was granted, holds and has spent')
    .option('--period <semester>', 'of this period only')
    .option('--json', 'as JSON')
    .option(...urlOption)
    .action(show)
  return command.addHelpText('after', exitCodeHelp('badInput', 'refused', 'logAway'))
}
