import Table from 'cli-table3'
import { Command } from 'commander'
import type { z } from 'zod'
import { changesSchema, scheduleSchema, versionSchema } from '#api/http/schedule-shapes.ts'
import { apiAddress, askApi } from './ask-api.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { instantFrom, nightFrom } from './night-from.ts'

type Schedule = z.output<typeof scheduleSchema>
type Changes = z.output<typeof changesSchema>
type Options = { night?: string; at?: string; url?: string; json?: boolean }

const clock = (instant: string): string => instant.slice(11, 19)

const causesOf = (causes: Schedule['causes']): string => [...new Set(causes.map(({ why }) => why))].join(', ')

const summary = ({ night, site, version, publishedAt, causes, entries, leftOut }: Schedule): string =>
  `Night of ${night} at ${site}, version ${version} of ${publishedAt.slice(0, 19)} UTC because of ` +
  `${causesOf(causes)}: ${entries.length} planned, ${leftOut.length} left out.`

const show = (schedule: Schedule): string => {
  const table = new Table({
    head: ['start', 'end', 'sequence', 'name', '', 'alt °', 'airmass'],
    style: { head: [], border: [] },
  })
  table.push(
    ...schedule.entries.map((entry) => [
      clock(entry.startsAt),
      clock(entry.endsAt),
      entry.sequenceId,
      entry.name,
      entry.kind === 'planned' ? '' : entry.kind,
      entry.altitudeDeg?.toFixed(0) ?? '',
      entry.airmass?.toFixed(2) ?? '',
    ]),
  )
  return [
    summary(schedule),
    ...(schedule.entries.length > 0 ? [table.toString()] : []),
    ...schedule.preempted.map(({ sequenceId, by }) => `${sequenceId} must end for ${by}`),
    ...schedule.leftOut.map(
      ({ sequenceId, code, text }) => `  ${sequenceId}  ${code}${text ? `: ${text}` : ''}`,
    ),
  ].join('\n')
}

const write = (text: string) => process.stdout.write(`${text}\n`)

const schedule = async ({ night, at, url, json }: Options): Promise<void> => {
  const query = new URLSearchParams({ ...(night ? { night } : {}), ...(at ? { at } : {}) })
  const answer = await askApi(apiAddress(url), `/api/schedule?${query}`)
  const read = scheduleSchema.parse(await answer.json())
  write(json ? JSON.stringify(read, null, 2) : show(read))
}

const told = ({ night, version, previous, causes, added, dropped, moved }: Changes): string =>
  [
    `Night of ${night}, version ${previous ?? 'none'} → ${version}, because of ${causesOf(causes)}`,
    ...added.map(({ sequenceId, startsAt }) => `  + ${sequenceId} at ${clock(startsAt)}`),
    ...dropped.map(
      ({ sequenceId, wasAt, code }) => `  - ${sequenceId}, was at ${clock(wasAt)}${code ? ` (${code})` : ''}`,
    ),
    ...moved.map(
      ({ sequenceId, wasAt, startsAt, byS }) =>
        `  ~ ${sequenceId} from ${clock(wasAt)} to ${clock(startsAt)} (${byS > 0 ? '+' : ''}${Math.round(byS)} s)`,
    ),
    ...(added.length + dropped.length + moved.length === 0
      ? ['  nothing in, nothing out, nothing moved']
      : []),
  ].join('\n')

const newestVersion = async (base: string, night: string | undefined) => {
  const answer = await askApi(base, `/api/schedule${night ? `?night=${night}` : ''}`)
  return versionSchema.parse(await answer.json())
}

const versionFrom = (text: string): number => {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw new CommandFailed(`${text} is no version: a whole number from 1`, 'badInput')
}

const changes = async (version: string | undefined, { night, url, json }: Options): Promise<void> => {
  const base = apiAddress(url)
  const newest = night && version ? null : await newestVersion(base, night)
  const which = `${night ?? newest?.night}/${version ? versionFrom(version) : newest?.version}`
  const read = changesSchema.parse(await (await askApi(base, `/api/schedules/${which}/changes`)).json())
  write(json ? JSON.stringify(read, null, 2) : told(read))
}

const addressOption = ['--url <address>', 'of the API; by default HOST and PORT of the environment'] as const

const changesCommand = (): Command =>
  new Command('changes')
    .description('what a version of the plan changed, and what asked for it')
    .argument('[version]', 'the newest where it is not given')
    .option('--night <date>', 'the local date of its evening; the newest planned', nightFrom)
    .option(...addressOption)
    .option('--json', 'as JSON')
    .action((version: string | undefined, _: Options, command: Command) =>
      changes(version, command.optsWithGlobals<Options>()),
    )

export const scheduleCommand = (): Command =>
  new Command('schedule')
    .description('the plan in force: what is to be observed when, and what is left out')
    .option('--night <date>', 'the local date of its evening; the newest planned', nightFrom)
    .option('--at <instant>', 'as it was known then', instantFrom)
    .option(...addressOption)
    .option('--json', 'as JSON')
    .addHelpText('after', exitCodeHelp('badInput', 'nightUnknown', 'logAway'))
    .action(schedule)
    .addCommand(changesCommand())
