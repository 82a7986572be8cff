import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { startProgram } from '#adapters/child-program.ts'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import type { Config } from '#api/config.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { type SimulatedDeviceName, simulatedDeviceNames } from '#simulators/run-devices.ts'
import { supervise } from './supervise.ts'

type Surroundings = { readonly config: Config; readonly clock: Clock; readonly log: (line: string) => void }

/** A port that stays the same when the server is started again. */
const fixedPort = async (wanted: number): Promise<number> => (wanted === 0 ? freePort() : wanted)

export const superviseEventStore = async ({ config, clock, log }: Surroundings) => {
  const port = await fixedPort(config.EVENTSTORE_PORT)
  const dataDir = path.join(config.DATA_DIR, 'eventstore')
  return supervise('event store', () => launchEmbeddedEventStore({ dataDir, port, log }), { clock, log })
}

export const supervisePostgres = async ({ config, clock, log }: Surroundings) => {
  const port = await fixedPort(config.POSTGRES_PORT)
  const dataDir = path.join(config.DATA_DIR, 'postgres')
  return supervise('Postgres', () => startEmbeddedPostgres({ dataDir, port }), { clock, log })
}

const devicesProgram = fileURLToPath(new URL('../../simulators/devices-main.ts', import.meta.url))
const devicesReady = z.object({ ports: z.partialRecord(z.enum(simulatedDeviceNames), z.number().int()) })

const devicePort = (config: Config, name: SimulatedDeviceName): number => {
  switch (name) {
    case 'telescope':
      return config.TELESCOPE_PORT
    case 'dome':
      return config.DOME_PORT
    case 'visible-camera':
      return config.VISIBLE_CAMERA_PORT
    case 'infrared-camera':
      return config.INFRARED_CAMERA_PORT
  }
}

/** The devices of these names, simulated in one process. */
export const superviseDeviceSimulators = async (
  { config, clock, log }: Surroundings,
  scenario: string,
  names: readonly SimulatedDeviceName[],
  plcPort: number | null,
) => {
  const ports: Partial<Record<SimulatedDeviceName, number>> = {}
  for (const name of names) ports[name] = await fixedPort(devicePort(config, name))
  const args = ['--devices', JSON.stringify(ports), '--site', JSON.stringify(config.SITE)]
  if (plcPort !== null) args.push('--plc', `${plcPort}`)
  const start = async () => {
    const program = await startProgram(
      devicesProgram,
      [...args, '--data-dir', config.DATA_DIR, '--scenario', scenario],
      () => {},
    )
    return { ...program, ports: devicesReady.parse(program.ready).ports }
  }
  return supervise('device simulators', start, { clock, log, mayEnd: true })
}

const plcProgram = fileURLToPath(new URL('../../simulators/plc-main.ts', import.meta.url))
const alertsProgram = fileURLToPath(new URL('../../simulators/alerts-main.ts', import.meta.url))
const simulatorReady = z.object({ port: z.number().int() })

export const supervisePlcSimulator = async ({ config, clock, log }: Surroundings, scenario: string) => {
  const wanted = await fixedPort(config.PLC_PORT)
  const start = async () => {
    const program = await startProgram(plcProgram, ['--port', `${wanted}`, '--scenario', scenario], () => {})
    return { ...program, port: simulatorReady.parse(program.ready).port }
  }
  return supervise('PLC simulator', start, { clock, log, mayEnd: true })
}

export const superviseAlertSimulator = async ({ config, clock, log }: Surroundings, scenario: string) => {
  const wanted = await fixedPort(config.ALERT_SIMULATOR_PORT)
  const start = async () => {
    const args = ['--port', `${wanted}`, '--scenario', scenario]
    const program = await startProgram(alertsProgram, args, () => {})
    return { ...program, port: simulatorReady.parse(program.ready).port }
  }
  return supervise('alert simulator', start, { clock, log, mayEnd: true })
}
