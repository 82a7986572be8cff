import { Command, InvalidArgumentError } from 'commander'
import { simulatorPorts } from '#simulators/ports.ts'
import { runAlertSimulator } from '#simulators/run-alerts.ts'
import { runPlcSimulator } from '#simulators/run-plc.ts'
import { shippedScenarioNames, userScenarioNamed } from '#simulators/scenario-file.ts'
import { userApi } from '#simulators/user-api.ts'
import { simulateUsers } from '#simulators/users.ts'
import { wallClock } from '#simulators/wall-clock.ts'
import { apiAddress } from './ask-api.ts'
import { CommandFailed } from './command-failed.ts'
import { portFrom } from './port-from.ts'
import { untilAsked } from './until-asked.ts'

const simulatePlc = async (options: { port: number; scenario: string }): Promise<void> => {
  const ending = await runPlcSimulator({
    ...options,
    signal: untilAsked(),
    onReady: ({ host, port }) =>
      process.stdout.write(`PLC simulator on ${host}:${port}, playing ${options.scenario}\n`),
    log: (line) => process.stdout.write(`${line}\n`),
  })
  process.stdout.write(ending === 'lifetime' ? 'the scenario is over\n' : 'ended\n')
}

const simulateAlerts = async (options: { port: number; scenario: string }): Promise<void> => {
  const ending = await runAlertSimulator({
    ...options,
    signal: untilAsked(),
    onReady: ({ host, port }) =>
      process.stdout.write(`VTP broker on ${host}:${port}, playing ${options.scenario}\n`),
    log: (line) => process.stdout.write(`${line}\n`),
  })
  process.stdout.write(ending === 'lifetime' ? 'the scenario is over\n' : 'ended\n')
}

const iterationFrom = (text: string): number => {
  const ms = Number(text)
  if (!Number.isInteger(ms) || ms < 1)
    throw new InvalidArgumentError('a whole number of milliseconds is wanted.')
  return ms
}

type UserOptions = { api?: string; scenario: string; iterationMs: number }

const simulateTheUsers = async ({ api, scenario, iterationMs }: UserOptions): Promise<void> => {
  const signal = untilAsked()
  const { submitted, refused } = await simulateUsers({
    api: userApi(apiAddress(api), signal),
    clock: wallClock,
    scenario: userScenarioNamed(scenario),
    iterationMs,
    signal,
    log: (line) => process.stdout.write(`${line}\n`),
  }).catch((error: unknown) => {
    if (signal.aborted) throw new CommandFailed('ended before the scenario was over')
    if (!(error instanceof TypeError)) throw error
    throw new CommandFailed(`nothing answers at ${apiAddress(api)}; is it running? (npm start)`)
  })
  process.stdout.write(`the scenario is over: ${submitted} submitted, ${refused} refused\n`)
}

export const simulatorCommand = (): Command => {
  const simulator = new Command('simulator')
    .alias('simulate')
    .description('programs that stand for the observatory’s devices')
  simulator
    .command('plc')
    .description('a PLC that answers STATUS over TCP and plays a scenario; ends with it')
    .option('--port <number>', 'where it listens, 0 for any free port', portFrom, simulatorPorts.plc)
    .option('--scenario <name or file>', `one of ${shippedScenarioNames().join(', ')}, or a file`, 'demo')
    .action(simulatePlc)
  simulator
    .command('alerts')
    .description('a VTP broker that plays the notices of a scenario, well and badly; ends with it')
    .option(
      '--port <number>',
      'where subscribers connect, 0 for any free port',
      portFrom,
      simulatorPorts.alerts,
    )
    .option('--scenario <name or file>', `one of ${shippedScenarioNames().join(', ')}, or a file`, 'demo')
    .action(simulateAlerts)
  simulator
    .command('users')
    .description('users who submit their request files by HTTP as a scenario says; ends with it')
    .option('--api <address>', 'of the API; by default HOST and PORT of the environment')
    .option(
      '--scenario <name or file>',
      `one of ${shippedScenarioNames().join(', ')}, or a file`,
      'pyros-users',
    )
    .option('--iteration-ms <number>', 'how long one iteration lasts', iterationFrom, 1_000)
    .action(simulateTheUsers)
  return simulator
}
