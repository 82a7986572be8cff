import { readFileSync } from 'node:fs'
import Table from 'cli-table3'
import { Command } from 'commander'
import { InvalidPlanInput } from '#domain/planning/bad-input.ts'
import { explain, type Unplaced } from '#domain/planning/explain.ts'
import { type Plan, plan } from '#domain/planning/plan.ts'
import { planInputOf } from '#domain/planning/request-file.ts'
import { runnersUp } from '#domain/planning/runners-up.ts'
import { CommandFailed } from './command-failed.ts'
import { instantFrom, nightFrom } from './night-from.ts'
import { readJson } from './read-json.ts'
import { siteFrom } from './site-from.ts'

type Options = { night: string; requests: string; site: string; at?: string; json?: boolean }

const clock = (instant: string): string => instant.slice(11, 19)

const table = (head: string[], rows: (string | number)[][]): string => {
  const shown = new Table({ head, style: { head: [], border: [] } })
  shown.push(...rows)
  return shown.toString()
}

const summary = ({ night, site, from, until, objective, bound, placed }: Plan, left: number): string => {
  const share =
    bound > 0 ? `, at least ${((100 * objective) / bound).toFixed(1)} % of what any plan could` : ''
  return (
    `Night of ${night} at ${site}, ${from.slice(0, 16)} to ${until.slice(0, 16)} UTC: ` +
    `${placed.length} planned, ${left} left out; it scores ${objective.toFixed(1)}${share}.`
  )
}

/** When the telescope is wanted the most and the least. */
const crowdedTimes = ({ pressure }: Plan): string[] => {
  const most = pressure.toSorted((a, b) => b.pricePerMinute - a.pricePerMinute)[0]
  const least = pressure.toSorted((a, b) => a.pricePerMinute - b.pricePerMinute)[0]
  if (!most || !least || most.pricePerMinute === 0) return []
  const say = ({ at, pricePerMinute }: typeof most) => `${at.slice(11, 16)} UTC (${pricePerMinute} a minute)`
  return [`Most wanted at ${say(most)}, least at ${say(least)}.`]
}

const show = (made: Plan, left: readonly Unplaced[]): string => {
  const second = runnersUp(left)
  const placed = made.placed.map((entry) => [
    clock(entry.setupAt),
    clock(entry.startsAt),
    clock(entry.endsAt),
    entry.occurrence > 1 ? `${entry.id} (${entry.occurrence})` : entry.id,
    entry.kind === 'planned' ? '' : entry.kind,
    entry.altitudeDeg?.toFixed(0) ?? '',
    entry.airmass?.toFixed(2) ?? '',
    entry.moonSeparationDeg?.toFixed(0) ?? '',
    entry.value.toFixed(1),
    second.get(entry.id)?.id ?? '',
  ])
  const head = ['set-up', 'start', 'end', 'sequence', '', 'alt °', 'airmass', 'Moon °', 'score', 'instead of']
  return [
    summary(made, left.length),
    ...(placed.length > 0 ? [table(head, placed)] : []),
    ...crowdedTimes(made),
    ...made.preempted.map(({ id, by, at }) => `${id} is aborted at ${clock(at)} for ${by}`),
    ...(left.length > 0 ? ['Left out:'] : []),
    ...left.map(({ id, reason }) => `  ${id}  ${reason.code}: ${reason.text}`),
  ].join('\n')
}

const asJson = (made: Plan, unplaced: readonly Unplaced[]) => {
  const second = runnersUp(unplaced)
  const placed = made.placed.map((entry) => ({ ...entry, runnerUp: second.get(entry.id) ?? null }))
  return { ...made, placed, unplaced }
}

const run = ({ night, requests, site, at, json }: Options): void => {
  try {
    const given = readJson(requests, (file) => readFileSync(file, 'utf8'))
    const planning = plan(planInputOf(given, siteFrom(site), night, at))
    const unplaced = explain(planning)
    const text = json
      ? JSON.stringify(asJson(planning.plan, unplaced), null, 2)
      : show(planning.plan, unplaced)
    process.stdout.write(`${text}\n`)
  } catch (error) {
    if (!(error instanceof InvalidPlanInput)) throw error
    throw new CommandFailed(
      `${requests} cannot be planned:\n${error.faults.map((fault) => `  ${fault}`).join('\n')}`,
      'badInput',
    )
  }
}

export const planCommand = (): Command =>
  new Command('plan')
    .description(
      'plan a night from a file of requests, and say why what is left out is left out; needs no log',
    )
    .requiredOption('--night <date>', 'the local date of its evening', nightFrom)
    .requiredOption('--requests <file>', 'JSON: requests with their sequences, quotas, closures')
    .option('--site <id or file>', 'osm, or a JSON file with a site', 'osm')
    .option('--at <instant>', 'plan from then on; from dusk where it is not given', instantFrom)
    .option('--json', 'the plan as JSON')
    .action(run)
