import path from 'node:path'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { payloadFolder } from '#adapters/payload-folder.ts'
import { readNotice } from '#adapters/read-notice.ts'
import type { Config } from '#api/config.ts'
import { makeReceiveNotice, type ReceiveNotice } from '#commands/alerts/receive-notice.ts'
import { adoptDefaults } from '#commands/alerts/strategy-handler.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { instantOf } from '#domain/shared/time.ts'
import { startAlertPublisher } from './alert-publisher.ts'
import { startAlertSources } from './alert-sources.ts'
import type { House } from './house.ts'
import { superviseAlertSimulator } from './servers.ts'

/**
 * How a notice comes into the log, from whichever source. The shipped strategies stand there before the first: whatever
 * comes while the alert manager is not up yet is judged by them all the same.
 */
export const receiveNoticeOn = (
  store: EventStore,
  { SITE: site, DATA_DIR }: Pick<Config, 'SITE' | 'DATA_DIR'>,
  clock: Clock,
): ReceiveNotice => {
  const receive = makeReceiveNotice({
    store,
    site,
    read: readNotice,
    payloads: payloadFolder(path.join(DATA_DIR, 'payloads')),
  })
  let adopting: Promise<void> | null = null
  const adopted = (): Promise<void> => {
    adopting ??= adoptDefaults(store, site, instantOf(clock.now())).catch((error: unknown) => {
      adopting = null
      throw error
    })
    return adopting
  }
  return async (incoming) => {
    await adopted()
    return receive(incoming)
  }
}

/** Where notices come from, and where ours go. Without a broker of its own it follows a simulated one. */
export const startAlerts = async (
  house: House,
  store: OpenEventStore,
  sink: ReceiveNotice,
): Promise<void> => {
  const { config, scenario, say, clock } = house
  const simulator = config.ALERT_BROKERS
    ? null
    : house.addOrderly(await superviseAlertSimulator(house.surroundings, scenario))
  const broker = simulator ? { host: '127.0.0.1', port: (await simulator.first).port } : null
  const sources = house.add(startAlertSources({ config, sink, simulatedBroker: broker, say, clock }))
  house.watch(sources.statuses)
  const port = config.ALERT_PUBLISH_PORT
  if (port !== undefined) house.add(await startAlertPublisher({ config, port, store, say, clock }))
  const names = sources.statuses().map(({ name }) => name)
  const simulated = broker ? `, simulator playing ${scenario}` : ''
  house.addresses.set('alerts', `${names.join(', ')}${simulated}`)
}
