import { once } from 'node:events'
import path from 'node:path'
import { Command, Option } from 'commander'
import { readConfig, settingsHelp } from '#api/config.ts'
import { startApart } from '#api/parts/apart/start-apart.ts'
import { type PartName, partNames } from '#api/parts/part-names.ts'
import { type RunningSystem, startSystem } from '#api/system.ts'
import { nightOf } from '#domain/shared/night.ts'
import { instantOf } from '#domain/shared/time.ts'
import { untilAsked } from './until-asked.ts'

const labels: Record<PartName, string> = {
  api: 'API',
  eventstore: 'event store',
  postgres: 'Postgres',
  plc: 'PLC',
  monitor: 'monitor',
  alerts: 'alerts',
  planner: 'planner',
  majordome: 'majordome',
  observer: 'observer',
  calibrator: 'calibrator',
  projections: 'read models',
  telescope: 'telescope',
  dome: 'dome',
  'visible-camera': 'visible cam',
  'infrared-camera': 'infrared cam',
  quotas: 'quotas',
}

const announce = ({ addresses }: RunningSystem, site: { name: string; timeZone: string }): string => {
  const night = nightOf(instantOf(Date.now()), site.timeZone)
  const lines = [...addresses].map(([part, where]) => `  ${labels[part].padEnd(12)} ${where}`)
  const api = addresses.get('api')
  const look = api ? [`  look at      ${api} (the API is described at ${api}/api/docs)`] : []
  return [`Noctuary at ${site.name}, night of ${night}`, ...lines, ...look, 'Ctrl-C ends it.'].join('\n')
}

const partsFrom = (text: string): PartName[] =>
  text.split(',').map((name) => {
    const part = partNames.find((known) => known === name.trim())
    if (!part) throw new Error(`--only: there is no part ${name.trim()}; there are ${partNames.join(', ')}`)
    return part
  })

type Options = { scenario: string; only: PartName[]; apart?: true }

const startPartsApart = async ({ scenario }: Options): Promise<void> => {
  const config = readConfig(process.env)
  const asked = untilAsked()
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const running = await startApart({ config, environment: process.env, scenario, say })
  say(`Noctuary at ${config.SITE.name}, each part in a process of its own:`)
  say(
    running
      .programs()
      .map(({ name }) => `  ${name}`)
      .join('\n'),
  )
  say(`what they say is in ${path.join(config.DATA_DIR, 'processes')}; Ctrl-C ends them all, kill -9 none.`)
  if (!asked.aborted) await once(asked, 'abort')
  say('ending…')
  await running.stop()
}

const start = async (options: Options): Promise<void> => {
  if (options.apart) return startPartsApart(options)
  const { scenario, only } = options
  const config = readConfig(process.env)
  const asked = untilAsked()
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const system = await startSystem({ config, scenario, only, say })
  say(announce(system, config.SITE))
  if (!asked.aborted) await once(asked, 'abort')
  say('ending…')
  await system.stop()
}

export const startCommand = (): Command =>
  new Command('start')
    .description(
      'run the observatory: event store, Postgres, simulators, monitor, alerts, planner, read models, API',
    )
    .option('--scenario <name or file>', 'what the simulators play', 'demo')
    .addOption(
      new Option(
        '--only <parts>',
        `run some parts here, of ${partNames.join(',')}; the others are reached by their URLs`,
      )
        .argParser(partsFrom)
        .default([...partNames], 'all'),
    )
    .addOption(
      new Option('--apart', 'each part in a process of its own, started again when it ends').conflicts(
        'only',
      ),
    )
    .addHelpText('after', `\nSettings, from the environment:\n${settingsHelp()}`)
    .action(start)
