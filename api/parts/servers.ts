import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { startProgram } from '#adapters/child-program.ts'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import type { Config } from '#api/config.ts'
import type { Clock } from '#domain/shared/clock.ts'
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
