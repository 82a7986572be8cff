import path from 'node:path'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { payloadFolder } from '#adapters/payload-folder.ts'
import { readNotice } from '#adapters/read-notice.ts'
import type { Config } from '#api/config.ts'
import { makeReceiveNotice, type ReceiveNotice } from '#commands/alerts/receive-notice.ts'
import type { EventStore } from '#commands/event-store.ts'
import { startAlertPublisher } from './alert-publisher.ts'
import { startAlertSources } from './alert-sources.ts'
import type { House } from './house.ts'
import { superviseAlertSimulator } from './servers.ts'

/** How a notice comes into the log, from whichever source. */
export const receiveNoticeOn = (
  store: EventStore,
  { SITE: site, DATA_DIR }: Pick<Config, 'SITE' | 'DATA_DIR'>,
): ReceiveNotice =>
  makeReceiveNotice({
    store,
    site,
    read: readNotice,
    payloads: payloadFolder(path.join(DATA_DIR, 'payloads')),
  })

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
