import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { sayings } from '#api/sayings.ts'
import type { PollOutcome } from '#commands/environment/monitor.ts'
import { AddressMissing } from './addresses.ts'
import type { House } from './house.ts'
import { startMonitor } from './monitor.ts'
import { startNightSealer } from './night-sealer.ts'
import { restartable } from './restartable.ts'
import { supervisePlcSimulator } from './servers.ts'

type Address = { readonly host: string; readonly port: number }

/** Where the PLC is: as the settings say, or simulated here; null where nobody knows. */
export const placePlc = async (house: House): Promise<Address | null> => {
  const given = house.config.PLC_ADDRESS
  if (given || !house.has('plc')) return given ?? null
  const simulator = await supervisePlcSimulator(house.surroundings, house.scenario)
  const { port } = await house.addOrderly(simulator, ['environment monitor']).first
  house.addresses.set('plc', `127.0.0.1:${port}, simulator playing ${house.scenario}`)
  house.plcSimulator = { host: '127.0.0.1', port }
  return house.plcSimulator
}

/** The environment monitor, and the sealer that its polls wake. */
export const startEnvironment = (
  house: House,
  store: OpenEventStore,
  plc: Address | null,
  countPoll: (kind: PollOutcome['kind']) => void,
): void => {
  const { config, clock, say, simulated } = house
  if (!plc) throw new AddressMissing('plc', 'PLC_ADDRESS')
  const sealer = house.add(startNightSealer({ config, store, clock, say }))
  const onPoll = (outcome: PollOutcome) => {
    countPoll(outcome.kind)
    for (const line of sayings(outcome)) say(line)
    sealer.polled(outcome)
  }
  const name = 'environment monitor'
  const make = () => startMonitor({ config, store, plc, simulated, clock, onPoll })
  const monitor = house.addOrderly(restartable(name, make), ['event store', 'night sealer'])
  house.watch(() => [
    monitor.now()?.plcStatus() ?? { name: 'PLC', state: 'stopped', detail: 'nobody asks it' },
  ])
  house.addresses.set('monitor', `polls ${plc.host}:${plc.port} every ${config.PLC_PERIOD_MS / 1000} s`)
}
