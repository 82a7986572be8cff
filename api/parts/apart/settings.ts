import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { freePort } from '#adapters/postgres/embedded/free-port.ts'
import type { Config } from '#api/config.ts'
import type { Program } from './programs.ts'

const portNames = ['EVENTSTORE_PORT', 'PLC_PORT', 'DOME_PORT'] as const
type PortName = (typeof portNames)[number]
const port = z.int().positive()
const portsSchema = z.object({ EVENTSTORE_PORT: port, PLC_PORT: port, DOME_PORT: port })
type Ports = z.output<typeof portsSchema>

const known = async (file: string): Promise<Partial<Ports>> => {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  return portsSchema.safeParse(JSON.parse(text)).data ?? {}
}

/** The ports by which programs find each other. One that may be any stays what it was: somebody may listen there yet. */
export const portsIn = async (folder: string, config: Pick<Config, PortName>): Promise<Ports> => {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, 'ports.json')
  const before = await known(file)
  const chosen = async (name: PortName) => config[name] || (before[name] ?? (await freePort()))
  const ports: Ports = {
    EVENTSTORE_PORT: await chosen('EVENTSTORE_PORT'),
    PLC_PORT: await chosen('PLC_PORT'),
    DOME_PORT: await chosen('DOME_PORT'),
  }
  await writeFile(`${file}.new`, JSON.stringify(ports))
  await rename(`${file}.new`, file)
  return ports
}

export const eventStoreUrl = ({ EVENTSTORE_URL }: Config, { EVENTSTORE_PORT }: Ports): string =>
  EVENTSTORE_URL ?? `esdb://127.0.0.1:${EVENTSTORE_PORT}?tls=false`

/** What a program is told, beside what we were: where the others are. What it runs itself it is not told an address of. */
export const settingsOf = (
  { parts }: Program,
  config: Config,
  ports: Ports,
): Readonly<Record<string, string>> => {
  const address = (of: number) => `127.0.0.1:${of}`
  const simulatedPlc = !config.PLC_ADDRESS
  return {
    EVENTSTORE_PORT: `${ports.EVENTSTORE_PORT}`,
    PLC_PORT: `${ports.PLC_PORT}`,
    DOME_PORT: `${ports.DOME_PORT}`,
    ...(parts.includes('eventstore') ? {} : { EVENTSTORE_URL: eventStoreUrl(config, ports) }),
    ...(simulatedPlc && !parts.includes('plc')
      ? { PLC_ADDRESS: address(ports.PLC_PORT), SIMULATED: 'yes' }
      : {}),
    ...(config.DOME_ADDRESS || parts.includes('dome') ? {} : { DOME_ADDRESS: address(ports.DOME_PORT) }),
  }
}
