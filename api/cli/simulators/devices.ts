import { Command } from 'commander'
import { readConfig } from '#api/config.ts'
import { simulatorPorts } from '#simulators/ports.ts'
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
  plc: number,
): Promise<void> => {
  const { SITE, DATA_DIR } = readConfig(process.env)
  const ending = await runDeviceSimulators({
    devices,
    site: SITE,
    dataDir: DATA_DIR,
    ...(scenario === undefined ? {} : { scenario }),
    plc: { host: '127.0.0.1', port: plc },
    signal: untilAsked(),
    onReady: (addresses) => {
      for (const [name, { host, port }] of addresses) tellLine(`${name} simulator on ${host}:${port}`)
    },
  })
  tellEnding(ending)
}

const played = `${scenarioHelp}; without one nothing goes wrong`

const isCamera = (name: SimulatedDeviceName): boolean => name.endsWith('camera')

const plcOption = (command: Command): Command =>
  command.option(
    '--plc <port>',
    'of the simulated PLC over whose relays the power goes; all have power where there is none',
    portFrom,
    simulatorPorts.plc,
  )

type Options = { port?: number; scenario?: string; plc: number }

const deviceCommand = (name: SimulatedDeviceName): Command =>
  plcOption(new Command(name))
    .description(
      `the ${name.replace('-', ' ')} on its port${isCamera(name) ? '; leaves its files in DATA_DIR' : ''}`,
    )
    .option('--port <number>', 'where it listens, 0 for any free port', portFrom)
    .option('--scenario <name or file>', played)
    .action(({ port, scenario, plc }: Options) => simulateDevices({ [name]: port }, scenario, plc))

/** All of them in one process, and each alone. */
export const deviceSimulatorCommands = (): Command[] => [
  plcOption(new Command('devices'))
    .description('telescope, dome and both cameras in one process, each on its port')
    .option('--scenario <name or file>', played)
    .action(({ scenario, plc }: Options) =>
      simulateDevices(
        Object.fromEntries(simulatedDeviceNames.map((name) => [name, undefined])),
        scenario,
        plc,
      ),
    ),
  ...simulatedDeviceNames.map(deviceCommand),
]
