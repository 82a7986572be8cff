import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { type Config, readConfig } from '#api/config.ts'
import { reportHtml } from '#api/night/report-html.ts'
import { reportText } from '#api/night/report-text.ts'
import { sayings } from '#api/sayings.ts'
import { openToLookers } from '#api/simulation/lookers.ts'
import { type SimulatedNight, type SimulationOptions, simulateNight } from '#api/simulation/simulate-night.ts'
import { nightNamed, shippedNightNames } from '#simulators/night-file.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { nightFrom } from './night-from.ts'
import { tellLine } from './simulators/played.ts'
import { userSimulatorCommand } from './simulators/users.ts'
import { untilAsked } from './until-asked.ts'

/** Seconds of the night in one of ours; null for as fast as it goes. */
const speedFrom = (text: string): number | null => {
  if (text === 'max') return null
  const speed = Number(text)
  if (!(speed > 0)) throw new InvalidArgumentError('a number above 0 is wanted, e.g. 60, or max.')
  return speed
}

const seedFrom = (text: string): number => {
  const seed = Number(text)
  if (!Number.isInteger(seed)) throw new InvalidArgumentError('a whole number is wanted.')
  return seed
}

type Options = {
  speed: number | null
  seed?: number
  night?: string
  dataDir?: string
  report?: string
  quiet?: true
  watch?: true
}

/** The folder that was asked for, which must have no log yet, or one that goes when the command ends. */
const folderFor = async (asked: string | undefined) => {
  if (asked === undefined) {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'noctuary-night-'))
    return { dataDir, leave: () => rm(dataDir, { recursive: true, force: true }) }
  }
  const dataDir = path.resolve(asked)
  await mkdir(dataDir, { recursive: true })
  if ((await readdir(dataDir)).includes('eventstore'))
    throw new CommandFailed(`${dataDir} has a log already; a simulation begins with none`, 'notEmpty')
  return { dataDir, leave: async () => {} }
}

const reportIn = (file: string, report: NonNullable<SimulatedNight['report']>): string => {
  if (file.endsWith('.html')) return reportHtml(report)
  return file.endsWith('.json') ? JSON.stringify(report) : reportText(report)
}

const tellReport = async ({ report }: SimulatedNight, file: string | undefined): Promise<void> => {
  if (!report) return
  if (file === undefined) return tellLine(`\n${reportText(report)}`)
  await writeFile(file, reportIn(file, report))
  tellLine(`report    ${file}`)
}

const tellEnd = ({ simulatedS, wallS, rootHash, judged }: SimulatedNight): void => {
  tellLine(
    `simulated ${Math.round(simulatedS)} s in ${wallS.toFixed(1)} s, ${Math.round(simulatedS / wallS)} times as fast`,
  )
  tellLine(`hash      ${rootHash ?? 'none: nothing happened'}`)
  for (const { holds, text } of judged) tellLine(`${holds ? 'as expected  ' : 'NOT EXPECTED '} ${text}`)
}

type Watching = {
  readonly say: (line: string) => void
  readonly tell: (night: SimulatedNight) => Promise<void>
  readonly signal: AbortSignal
}

const lookersAt = (
  config: Config,
  { say, tell, signal }: Watching,
): NonNullable<SimulationOptions['lookers']> => ({
  open: async (log, clock) => {
    const lookers = await openToLookers({ config, log, clock, say })
    say(`look at   ${lookers.url}`)
    return lookers
  },
  over: async (night) => {
    if (signal.aborted) return
    await tell(night)
    say('the night is over; Ctrl-C ends')
    await once(signal, 'abort')
  },
})

const simulate = async (named: string, options: Options): Promise<void> => {
  const { speed, seed, night, quiet } = options
  const config = readConfig(process.env)
  const signal = untilAsked()
  const scenario = nightNamed(named, { site: config.SITE, seed, night })
  const { dataDir, leave } = await folderFor(options.dataDir)
  const say = quiet ? () => {} : tellLine
  say(`${named}: ${scenario.about || 'a scenario without words'}`)
  try {
    const onPoll = (outcome: Parameters<typeof sayings>[0]) => {
      for (const line of sayings(outcome)) say(line)
    }
    const tell = async (simulated: SimulatedNight): Promise<void> => {
      await tellReport(simulated, options.report)
      tellEnd(simulated)
    }
    const lookers = options.watch
      ? lookersAt({ ...config, DATA_DIR: dataDir }, { say: tellLine, tell, signal })
      : null
    const played = { config, scenario, dataDir, speed, say, onPoll, signal, ...(lookers ? { lookers } : {}) }
    const simulated = await simulateNight(played)
    if (!lookers && signal.aborted) throw new CommandFailed('ended before the night was over')
    if (!lookers) await tell(simulated)
    if (!simulated.judged.every(({ holds }) => holds))
      throw new CommandFailed('the night was not as its scenario expects')
  } finally {
    await leave()
  }
}

export const simulateCommand = (): Command =>
  new Command('simulate')
    .description('a whole night of the observatory on simulated time, judged by its scenario at the end')
    .argument('<scenario>', `one of ${shippedNightNames().join(', ')}, or a file`)
    .option('--speed <factor>', 'seconds of the night in one of ours, or max', speedFrom, null)
    .option('--seed <number>', 'how the weather wanders: the same seed gives the same log', seedFrom)
    .option('--night <date>', 'of its evening, instead of the scenario’s', nightFrom)
    .option(
      '--data-dir <folder>',
      'keeps the log and the images there; noctuary start with DATA_DIR shows them',
    )
    .option('--report <file>', 'writes the report there, as .html, .json or text, instead of showing it')
    .option('--watch', 'serves its page on HOST and PORT meanwhile, and after it until Ctrl-C; it only shows')
    .option('--quiet', 'nothing of what happens on the way')
    .addHelpText(
      'after',
      `${exitCodeHelp('badInput', 'notEmpty')}\n   1 is also a night that was not as its scenario expects`,
    )
    .action(simulate)
    .addCommand(userSimulatorCommand())
