import { Command } from 'commander'
import { readConfig } from '#api/config.ts'
import { simulatorPorts } from '#simulators/ports.ts'
import {
  runDeviceSimulators,
  type SimulatedDeviceName,
  simulatedDeviceNames,
} from '#simulators/run-devices.ts'
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

const simulateDevices = async (
  devices: Partial<Record<SimulatedDeviceName, number | undefined>>,
  scenario: string | undefined,
): Promise<void> => {
  const { SITE, DATA_DIR } = readConfig(process.env)
  const ending = await runDeviceSimulators({
    devices,
    site: SITE,
    dataDir: DATA_DIR,
    ...(scenario === undefined ? {} : { scenario }),
    signal: untilAsked(),
    onReady: (addresses) => {
      for (const [name, { host, port }] of addresses)
        process.stdout.write(`${name} simulator on ${host}:${port}\n`)
    },
  })
  process.stdout.write(ending === 'lifetime' ? 'the scenario is over\n' : 'ended\n')
}

const played = `one of ${shippedScenarioNames().join(', ')}, or a file; without one nothing goes wrong`

const isCamera = (name: SimulatedDeviceName): boolean => name.endsWith('camera')

const deviceCommand = (name: SimulatedDeviceName): Command =>
  new Command(name)
    .description(
      `the ${name.replace('-', ' ')} on its port${isCamera(name) ? '; leaves its files in DATA_DIR' : ''}`,
    )
    .option('--port <number>', 'where it listens, 0 for any free port', portFrom)
    .option('--scenario <name or file>', played)
    .action(({ port, scenario }: { port?: number; scenario?: string }) =>
      simulateDevices({ [name]: port }, scenario),
    )

export const simulatorCommand = (): Command => {
  const simulator = new Command('simulator').description('programs that stand for the observatory’s devices')
  simulator
    .command('plc')
    .description('a PLC that answers STATUS over TCP and plays a scenario; ends with it')
    .option('--port <number>', 'where it listens, 0 for any free port', portFrom, simulatorPorts.plc)
    .option('--scenario <name or file>', `one of ${shippedScenarioNames().join(', ')}, or a file`, 'demo')
    .action(simulatePlc)
  simulator
    .command('devices')
    .description('telescope, dome and both cameras in one process, each on its port')
    .option('--scenario <name or file>', played)
    .action(({ scenario }: { scenario?: string }) =>
      simulateDevices(Object.fromEntries(simulatedDeviceNames.map((name) => [name, undefined])), scenario),
    )
  for (const name of simulatedDeviceNames) simulator.addCommand(deviceCommand(name))
  return simulator
}
