import path from 'node:path'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { type OpenEventStore, openEventStore } from '#adapters/eventstore/event-store.ts'
import { notedEventStore } from '#api/address-file.ts'
import type { Config } from '#api/config.ts'
import { StoreUnavailable } from '#commands/event-store.ts'

const opened = async <Result>(
  url: string,
  use: (store: OpenEventStore) => Promise<Result>,
): Promise<Result> => {
  const store = openEventStore(url)
  try {
    await store.ping().catch((error) => {
      throw new StoreUnavailable(error)
    })
    return await use(store)
  } finally {
    await store.close()
  }
}

/**
 * Uses the log from a command: at EVENTSTORE_URL, else that of the observatory that runs on DATA_DIR, else the one in
 * DATA_DIR, started for as long as the command takes.
 */
export const withEventStore = async <Result>(
  { EVENTSTORE_URL, DATA_DIR }: Config,
  use: (store: OpenEventStore) => Promise<Result>,
): Promise<Result> => {
  const running = EVENTSTORE_URL ?? (await notedEventStore(DATA_DIR))
  if (running) return opened(running, use)
  const server = await launchEmbeddedEventStore({ dataDir: path.join(DATA_DIR, 'eventstore') })
  try {
    return await opened(server.url, use)
  } finally {
    await server.stop()
  }
}
