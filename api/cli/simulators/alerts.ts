import { Command } from 'commander'
import { simulatorPorts } from '#simulators/ports.ts'
import { runAlertSimulator } from '#simulators/run-alerts.ts'
import { portFrom } from '../port-from.ts'
import { untilAsked } from '../until-asked.ts'
import { scenarioHelp, tellEnding, tellLine } from './played.ts'

const simulateAlerts = async (options: { port: number; scenario: string }): Promise<void> =>
  tellEnding(
    await runAlertSimulator({
      ...options,
      signal: untilAsked(),
      onReady: ({ host, port }) => tellLine(`VTP broker on ${host}:${port}, playing ${options.scenario}`),
      log: tellLine,
    }),
  )

export const alertSimulatorCommand = (): Command =>
  new Command('alerts')
    .description('a VTP broker that plays the notices of a scenario, well and badly; ends with it')
    .option(
      '--port <number>',
      'where subscribers connect, 0 for any free port',
      portFrom,
      simulatorPorts.alerts,
    )
    .option('--scenario <name or file>', scenarioHelp, 'demo')
    .action(simulateAlerts)
