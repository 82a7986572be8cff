import { realDisk } from '#adapters/embedded-eventstore/log/disk.ts'
import { LogReader } from '#adapters/embedded-eventstore/log/reader.ts'
import type { NewEvent } from '#adapters/embedded-eventstore/log/record.ts'
import type { RecordView } from '#adapters/embedded-eventstore/log/record-view.ts'
import { Groups } from '#adapters/embedded-eventstore/persistent/groups.ts'
import { Fields } from '#adapters/embedded-eventstore/protocol/fields.ts'
import { listen } from '#adapters/embedded-eventstore/protocol/server.ts'
import { methodsOf } from '#adapters/embedded-eventstore/services/methods.ts'
import { openStore } from '#adapters/embedded-eventstore/store/open-store.ts'
import type { Store } from '#adapters/embedded-eventstore/store/store.ts'
import { Wake } from '#adapters/embedded-eventstore/store/wake.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import { type EventStore, type ProposedEvent, RevisionConflict } from '#commands/event-store.ts'
import { checkEvent, decodeEventData } from '#domain/catalogue.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Position, Recorded } from '#domain/shared/event.ts'
import { metadataSchema } from '#domain/shared/metadata.ts'

const batchSize = 512
/** The field of a `RecordedEvent` message that holds our metadata. */
const customMetadata = 7

type Checked = ReturnType<typeof checkEvent>

const toRecord = ({ id, type }: ProposedEvent, { data, metadata }: Checked): NewEvent => {
  const json = (value: unknown) => Buffer.from(JSON.stringify(value))
  return { id, type, json: true, data: json(data), metadata: json(metadata) }
}

const placeOf = (position: number): Position => ({ commit: BigInt(position), prepare: BigInt(position) })

const metadataIn = (view: RecordView) => {
  const fields = new Fields(view.event)
  while (fields.next())
    if (fields.no === customMetadata) return metadataSchema.parse(JSON.parse(fields.text()))
  throw new Error(`the event at position ${view.position} has no metadata of ours`)
}

const decoded = (view: RecordView): Checked => {
  const metadata = metadataIn(view)
  const data = decodeEventData(view.type, metadata.schemaVersion, JSON.parse(view.data.toString()))
  return { data, metadata }
}

const recordedIn = (view: RecordView, { data, metadata } = decoded(view)): Recorded => ({
  id: view.id,
  type: view.type,
  data,
  stream: view.streamName,
  revision: BigInt(view.revision),
  position: placeOf(view.position),
  metadata,
})

export type SimulatedLog = EventStore &
  EventFeed & {
    /** Lets others read the log as it grows, by EventStoreDB's protocol. They must not write: they are no part of the night. */
    serve(): Promise<{ readonly url: string; stop(): Promise<void> }>
    close(): Promise<void>
  }

/**
 * A log for simulated time: the embedded event store's own, in its own format, within this process; its records carry
 * the simulated time. What is acknowledged is not yet safe from a power cut: a simulation can be run again. The folder
 * opens in an embedded event store afterwards.
 */
export const openSimulatedLog = async (folder: string, clock: Clock): Promise<SimulatedLog> => {
  const disk = { ...realDisk, sync: async () => {} }
  const { store, close } = await openStore({ folder, disk, now: () => clock.now() })
  return { ...portsOf(store), serve: () => serve(store), close }
}

const maxAppendBytes = 1024 * 1024

const serve = async (store: Store) => {
  const groups = new Groups(store)
  const server = await listen(methodsOf(store, groups, { maxAppendSize: maxAppendBytes }), 0)
  return {
    url: `esdb://127.0.0.1:${server.port}?tls=false`,
    stop: async () => {
      groups.stop()
      await server.close()
    },
  }
}

const portsOf = (store: Store): EventStore & EventFeed => {
  const reader = new LogReader(store.log)
  const isOurs = (view: RecordView) => !view.type.startsWith('$')
  const at = (ordinal: number) => reader.seek(store.index.position(ordinal))
  /** Checked on their way in, which need not be done again for the one who follows. */
  const fresh = new Map<string, Checked>()
  const followed = (view: RecordView): Recorded => {
    const checked = fresh.get(view.id)
    fresh.delete(view.id)
    return recordedIn(view, checked)
  }

  async function* readBackwards(stream: string): AsyncGenerator<Recorded> {
    const number = store.index.stream(Buffer.from(stream))
    if (number < 0) return
    for (let revision = store.index.revisions(number) - 1; revision >= 0; revision--)
      yield recordedIn(at(store.index.ordinal(number, revision)))
  }

  async function* follow(types: readonly string[], after: Position | null, signal: AbortSignal) {
    const wanted = new Set(types)
    const wake = new Wake()
    const leave = store.wakeups.onAll(wake.wake)
    signal.addEventListener('abort', wake.wake, { once: true })
    try {
      for (let next = 0; !signal.aborted; ) {
        const events: Recorded[] = []
        let position = after
        for (; next < store.visible && events.length < batchSize; next++) {
          const view = at(next)
          if (after && BigInt(view.position) <= after.commit) continue
          position = placeOf(view.position)
          if (wanted.has(view.type)) events.push(followed(view))
        }
        const caughtUp = next === store.visible
        yield { events, position, caughtUp }
        if (caughtUp) await wake.next()
      }
    } finally {
      leave()
      signal.removeEventListener('abort', wake.wake)
    }
  }

  return {
    append: async (stream, events, expected) => {
      const wanted = expected === 'none' ? -1 : Number(expected)
      const records = events.map((event) => {
        const checked = checkEvent(event.type, event.data, event.metadata)
        fresh.set(event.id, checked)
        return toRecord(event, checked)
      })
      const outcome = await store.append(Buffer.from(stream), wanted, records)
      if (outcome.kind === 'deleted') throw new Error(`${stream} was deleted`)
      if (outcome.kind === 'wrong-revision')
        throw new RevisionConflict(stream, expected, outcome.current < 0 ? 'none' : BigInt(outcome.current))
      return { revision: BigInt(outcome.revision), position: placeOf(outcome.position ?? 0) }
    },
    readBackwards,
    follow,
    head: async () => {
      for (let ordinal = store.visible - 1; ordinal >= 0; ordinal--) {
        const view = at(ordinal)
        if (isOurs(view)) return placeOf(view.position)
      }
      return null
    },
  }
}
