import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { EventStoreDBClient, jsonEvent, type ResolvedEvent } from '@eventstore/db-client'
import { afterAll, beforeAll, expect } from 'vitest'
import { type LaunchedEventStore, launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'

const memory = '/dev/shm'

/** A folder in memory where there is one: for tests that open and sync so often that a busy disk would take minutes. */
export const memoryFolder = () => temporaryFolder(existsSync(memory) ? memory : tmpdir())

export const temporaryFolder = (parent = tmpdir()): { path: string; remove(): void } => {
  const folder = mkdtempSync(path.join(parent, 'noctuary-es-'))
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** An event store in a process of its own and a client, for all tests of a file; `EVENTSTORE_TEST_URL` puts a real server there. */
export const useEventStore = () => {
  const held: { client?: EventStoreDBClient; node?: LaunchedEventStore; url?: string } = {}
  const folder = temporaryFolder()
  beforeAll(async () => {
    const external = process.env['EVENTSTORE_TEST_URL']
    if (!external) held.node = await launchEmbeddedEventStore({ dataDir: folder.path })
    held.url = external ?? held.node?.url ?? ''
    held.client = EventStoreDBClient.connectionString(held.url)
  })
  afterAll(async () => {
    await held.client?.dispose()
    await held.node?.stop()
    folder.remove()
  })
  return {
    get client(): EventStoreDBClient {
      if (!held.client) throw new Error('the event store has not started')
      return held.client
    },
    get url(): string {
      return held.url ?? ''
    },
  }
}

let streams = 0

/** A stream name no other test uses. */
export const newStream = (category = 'test'): string =>
  `${category}-${process.pid}.${Date.now()}.${streams++}`

export const reading = (n: number, type = 'ReadingRecorded') =>
  jsonEvent({ type, data: { n }, metadata: { site: 'osm' } })

export const readings = (count: number, type?: string) =>
  Array.from({ length: count }, (_, n) => reading(n, type))

/** Options that make the client use the classic append instead of the batch. */
export const classic = { credentials: { username: 'classic', password: 'append' } }

export const collect = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of stream) all.push(item)
  return all
}

type Events<T> = {
  on(event: 'data', listener: (item: T) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

/** Resolves with the first `count` items; the stream stays open. */
export const first = <T = ResolvedEvent>(stream: Events<T>, count: number): Promise<T[]> =>
  new Promise((resolve, reject) => {
    const items: T[] = []
    stream.on('error', reject)
    stream.on('data', (item) => {
      items.push(item)
      if (items.length === count) resolve(items)
    })
  })

/** Asks until the answer is right; a busy machine may take its time. */
export const eventually = <T>(ask: () => Promise<T> | T) => expect.poll(ask, { timeout: 15_000 })
