import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { z } from 'zod'
import { projectionSchema } from '#api/http/projection-shape.ts'
import { apiAddress, askApi } from './ask-api.ts'
import { CommandFailed } from './command-failed.ts'
import { bar, duration, progressOn } from './progress.ts'

type Projection = z.output<typeof projectionSchema>
type Generation = NonNullable<Projection['live']>
type Where = { readonly url?: string }

const listSchema = z.object({ items: z.array(projectionSchema) })
const lookMs = 250

const all = async (base: string): Promise<Projection[]> =>
  listSchema.parse(await (await askApi(base, '/api/projections')).json()).items

const one = async (base: string, name: string): Promise<Projection> =>
  projectionSchema.parse(await (await askApi(base, `/api/projections/${encodeURIComponent(name)}`)).json())

const post = async (base: string, name: string, verb: string, body?: object): Promise<Projection> => {
  const init = body
    ? { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    : { method: 'POST' }
  const path = `/api/projections/${encodeURIComponent(name)}/${verb}`
  return projectionSchema.parse(await (await askApi(base, path, init)).json())
}

const differences = ({ comparison }: Generation): string[] =>
  (comparison?.tables ?? []).flatMap(({ table, liveRows, nextRows, missing, extra, different, examples }) => {
    if (missing + extra + different === 0) return [`    ${table}: ${nextRows} rows, all alike`]
    const counts = `${liveRows} rows live, ${nextRows} new; ${missing} gone, ${extra} new, ${different} different`
    const some = examples.map(({ key, how }) => `      ${how}: ${JSON.stringify(key)}`)
    return [`    ${table}: ${counts}`, ...some]
  })

const behind = ({ lagEvents, lagSeconds }: Generation): string => {
  if (lagEvents === 0) return 'caught up'
  return `${lagEvents ?? '?'} events, ${duration(lagSeconds)} behind`
}

const generationLine = (name: string, what: string, generation: Generation): string => {
  const { version, state, events, standingSince, error } = generation
  const alarm = standingSince ? `; STANDS STILL since ${standingSince}` : ''
  const about = error ?? (what === 'old' ? `${events} events` : behind(generation))
  return `${name.padEnd(18)} ${what.padEnd(8)} v${version} g${generation.generation}  ${state.padEnd(12)} ${about}${alarm}`
}

const rebuildLine = (name: string, rebuild: Generation): string => {
  const { share, events, eventsPerSecond, secondsLeft, state, error } = rebuild
  const figures = `${events} events, ${Math.round(eventsPerSecond)}/s, ${duration(secondsLeft)} left`
  return `${name.padEnd(18)} ${bar(share)}  ${state.padEnd(12)} ${error ?? figures}`
}

const statusLines = ({ name, live, rebuild, old }: Projection): string[] => [
  live ? generationLine(name, 'live', live) : `${name.padEnd(18)} not there yet`,
  ...(rebuild ? [rebuildLine('  rebuild', rebuild), ...differences(rebuild)] : []),
  ...(old ? [generationLine('  kept', 'old', old)] : []),
]

const status = async ({ url }: Where): Promise<void> => {
  const items = await all(apiAddress(url))
  process.stdout.write(`${items.flatMap(statusLines).join('\n')}\n`)
  // As in `noctuary status`: 1 when something is not well.
  if (items.some(({ live }) => !live || live.error !== null || live.standingSince !== null))
    process.exitCode = 1
}

/** What a rebuild came to, once its generation is no longer building. */
const endOf = ({ name, live, rebuild }: Projection, generation: number): string[] | null => {
  if (rebuild?.generation === generation) {
    return rebuild.state === 'paused' && rebuild.differs
      ? [
          `${name} differs from the live one and waits: resume swaps it, cancel drops it`,
          ...differences(rebuild),
        ]
      : null
  }
  return live?.generation === generation
    ? [`${name} rebuilt: generation ${generation} is live, ${live.events} events`, ...differences(live)]
    : [`${name}: generation ${generation} was cancelled`]
}

/** Shows rebuilds until all have ended; a stopped one ends the watching too. */
const watch = async (base: string, begun: ReadonlyMap<string, number>): Promise<boolean> => {
  const progress = progressOn(process.stdout)
  const ended = new Set<string>()
  let well = true
  while (ended.size < begun.size) {
    await sleep(lookMs)
    const items = (await all(base)).filter(({ name }) => begun.has(name) && !ended.has(name))
    for (const item of items) {
      const lines = endOf(item, begun.get(item.name) ?? 0)
      const stopped =
        item.rebuild?.state === 'stopped' ? [`${item.name} stopped: ${item.rebuild.error}`] : null
      const last = lines ?? stopped
      if (!last) continue
      ended.add(item.name)
      progress.keep(last)
      well &&= item.live?.generation === begun.get(item.name)
    }
    progress.show(
      items.flatMap(({ name, rebuild }) => (rebuild && !ended.has(name) ? [rebuildLine(name, rebuild)] : [])),
    )
  }
  return well
}

type RebuildOptions = Where & { all?: true; hold?: true; dropOld?: true; wait: boolean }

const namesFrom = async (base: string, names: string[], everything: boolean): Promise<string[]> => {
  if (everything === names.length > 0) throw new CommandFailed('name read models, or say --all', 'badInput')
  if (!everything) return names
  return (await all(base)).map(({ name }) => name)
}

const rebuild = async (given: string[], options: RebuildOptions): Promise<void> => {
  const base = apiAddress(options.url)
  const names = await namesFrom(base, given, options.all === true)
  // All names are looked at before anything begins.
  for (const name of names) await one(base, name)
  const begun = new Map<string, number>()
  for (const name of names) {
    const { rebuild: started } = await post(base, name, 'rebuild', { hold: options.hold === true })
    begun.set(name, started?.generation ?? 0)
    process.stdout.write(`${name}: filling generation ${started?.generation}\n`)
  }
  if (!options.wait) return
  if (!(await watch(base, begun))) process.exitCode = 1
  else if (options.dropOld) for (const name of names) await post(base, name, 'drop-old')
}

const asked =
  (verb: string) =>
  async (names: string[], { url }: Where) => {
    const base = apiAddress(url)
    for (const name of names) {
      const projection = await post(base, name, verb)
      process.stdout.write(`${statusLines(projection).join('\n')}\n`)
    }
  }

const verbs: readonly (readonly [string, string])[] = [
  ['retry', 'try the event again at which a read model stopped'],
  ['pause', 'hold a rebuild where it stands'],
  ['resume', 'let a rebuild go on; one that waits because of differences swaps'],
  ['cancel', 'end a rebuild and drop what it filled'],
  ['rollback', 'back to what was live before the last swap'],
  ['drop-old', 'drop what was live before the last swap'],
]

const urlOption = ['--url <address>', 'of the API; by default HOST and PORT of the environment'] as const

export const projectionsCommand = (): Command => {
  const command = new Command('projections').description('read models: how they are, and their rebuilds')
  command
    .command('status')
    .description('every read model; exit code 1 when one is not well')
    .option(...urlOption)
    .action(status)
  command
    .command('rebuild [names...]')
    .description(
      'fill read models anew beside the live ones, compare, and swap; Ctrl-C ends the watching only',
    )
    .option('--all', 'every read model')
    .option('--hold', 'wait for resume before swapping rows that differ')
    .option('--drop-old', 'drop what was live before, after the swap')
    .option('--no-wait', 'begin, and do not watch')
    .option(...urlOption)
    .action(rebuild)
  for (const [verb, about] of verbs) {
    command
      .command(`${verb} <names...>`)
      .description(about)
      .option(...urlOption)
      .action(asked(verb))
  }
  return command
}
