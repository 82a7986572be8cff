import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { type OpenEventStore, openEventStore } from '#adapters/eventstore/event-store.ts'

export type FreshEventStore = {
  readonly url: string
  readonly store: OpenEventStore
  /** Where its files are. */
  readonly folder: string
  [Symbol.asyncDispose](): Promise<void>
}

/** An empty event store of our own in a process of its own, gone with the test that holds it. */
export const freshEventStore = async (): Promise<FreshEventStore> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-log-'))
  const server = await launchEmbeddedEventStore({ dataDir: folder })
  const store = openEventStore(server.url)
  return {
    url: server.url,
    store,
    folder,
    [Symbol.asyncDispose]: async () => {
      await store.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
