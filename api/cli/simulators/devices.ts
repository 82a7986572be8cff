import { Command } from 'commander'
import { readConfig } from '#api/config.ts'
import {
  runDeviceSimulators,
  type SimulatedDeviceName,
  simulatedDeviceNames,
} from '#simulators/run-devices.ts'
import { portFrom } from '../port-from.ts'
import { untilAsked } from '../until-asked.ts'
import { scenarioHelp, tellEnding, tellLine } from './played.ts'

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
      for (const [name, { host, port }] of addresses) tellLine(`${name} simulator on ${host}:${port}`)
    },
  })
  tellEnding(ending)
}

const played = `${scenarioHelp}; without one nothing goes wrong`

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

/** All of them in one process, and each alone. */
export const deviceSimulatorCommands = (): Command[] => [
  new Command('devices')
    .description('telescope, dome and both cameras in one process, each on its port')
    .option('--scenario <name or file>', played)
    .action(({ scenario }: { scenario?: string }) =>
      simulateDevices(Object.fromEntries(simulatedDeviceNames.map((name) => [name, undefined])), scenario),
    ),
  ...simulatedDeviceNames.map(deviceCommand),
]
