import { Command } from 'commander'
import { simulatorPorts } from '#simulators/ports.ts'
import { runPlcSimulator } from '#simulators/run-plc.ts'
import { portFrom } from '../port-from.ts'
import { untilAsked } from '../until-asked.ts'
import { scenarioHelp, tellEnding, tellLine } from './played.ts'

const simulatePlc = async (options: { port: number; scenario: string }): Promise<void> =>
  tellEnding(
    await runPlcSimulator({
      ...options,
      signal: untilAsked(),
      onReady: ({ host, port }) => tellLine(`PLC simulator on ${host}:${port}, playing ${options.scenario}`),
      log: tellLine,
    }),
  )

export const plcSimulatorCommand = (): Command =>
  new Command('plc')
    .description('a PLC that answers STATUS over TCP and plays a scenario; ends with it')
    .option('--port <number>', 'where it listens, 0 for any free port', portFrom, simulatorPorts.plc)
    .option('--scenario <name or file>', scenarioHelp, 'demo')
    .action(simulatePlc)
