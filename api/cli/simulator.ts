import { Command } from 'commander'
import { simulatorPorts } from '#simulators/ports.ts'
import { runAlertSimulator } from '#simulators/run-alerts.ts'
import { runPlcSimulator } from '#simulators/run-plc.ts'
import { shippedScenarioNames } from '#simulators/scenario-file.ts'
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

export const simulatorCommand = (): Command => {
  const simulator = new Command('simulator').description('programs that stand for the observatory’s devices')
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
  return simulator
}
