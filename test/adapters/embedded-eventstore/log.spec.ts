import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Disk, realDisk } from '#adapters/embedded-eventstore/log/disk.ts'
import { LogReader } from '#adapters/embedded-eventstore/log/reader.ts'
import { segmentPath } from '#adapters/embedded-eventstore/log/segment.ts'
import { expectedRevision } from '#adapters/embedded-eventstore/store/expected.ts'
import {
  type OpenedStore,
  openStore,
  type StoreOptions,
} from '#adapters/embedded-eventstore/store/open-store.ts'
import { readableRange } from '#adapters/embedded-eventstore/store/readable-range.ts'
import { memoryFolder } from './node.ts'

const held: { folder: { path: string; remove(): void } } = { folder: { path: '', remove: () => {} } }
beforeEach(() => {
  held.folder = memoryFolder()
})
afterEach(() => held.folder.remove())

const noBytes = Buffer.alloc(0)
const stream = Buffer.from('log-test')
const event = (text: string) => ({
  id: randomUUID(),
  type: 'Tested',
  json: true,
  metadata: noBytes,
  data: Buffer.from(JSON.stringify({ text })),
})
const events = (count: number, text = 'x'.repeat(100)) => Array.from({ length: count }, () => event(text))

const open = (options: Partial<StoreOptions> = {}) => openStore({ folder: held.folder.path, ...options })
const append = (opened: OpenedStore, count: number) =>
  opened.store.append(stream, expectedRevision.any, events(count))

const idsOf = ({ store }: OpenedStore, name = stream): string[] => {
  const reader = new LogReader(store.log)
  const number = store.index.stream(name)
  const count = number < 0 ? 0 : store.streams.lastRevision(number) + 1
  return Array.from(
    { length: count },
    (_, revision) => reader.seek(store.index.position(store.index.ordinal(number, revision))).id,
  )
}
const segmentFiles = () =>
  fs
    .readdirSync(held.folder.path)
    .filter((name) => name.endsWith('.log'))
    .sort()
const segmentFile = (at: number) => path.join(held.folder.path, segmentFiles().at(at) ?? '')
const dropSnapshots = () => {
  for (const name of fs.readdirSync(held.folder.path))
    if (name.endsWith('.idx')) fs.rmSync(path.join(held.folder.path, name))
}

describe('a log that is opened again', () => {
  it.each([
    ['with its snapshots', () => {}],
    ['without them', dropSnapshots],
  ])('over many segments %s has the same events', async (_name, prepare) => {
    const opened = await open({ segmentSize: 20_000 })
    for (let n = 0; n < 40; n++) await append(opened, 10)
    const ids = idsOf(opened)
    await opened.close()
    expect(segmentFiles().length).toBeGreaterThan(5)
    prepare()
    const again = await open({ segmentSize: 20_000 })
    expect(idsOf(again)).toEqual(ids)
    expect(again.store.index.count).toBe(opened.store.index.count)
    await append(again, 3)
    expect(idsOf(again)).toHaveLength(403)
    await again.close()
  })

  it('reads only what its snapshots do not cover', async () => {
    const opened = await open({ segmentSize: 20_000 })
    for (let n = 0; n < 40; n++) await append(opened, 10)
    await opened.close()
    // A byte that no start reads: damage there is found by reading, or by verifying.
    const first = fs.openSync(segmentFile(0), 'r+')
    fs.writeSync(first, Buffer.from([0xff]), 0, 1, 5_000)
    fs.closeSync(first)
    const again = await open()
    expect(() => idsOf(again)).toThrow(/is damaged/)
    await again.close()
  })
})

describe('a log whose last file was only begun', () => {
  it.each([0, 1, 63])('and has %i bytes opens without it', async (length) => {
    const opened = await open({ segmentSize: 5_000 })
    for (let n = 0; n < 10; n++) await append(opened, 2)
    const ids = idsOf(opened)
    await opened.close()
    const { base, length: last } = opened.store.log.segments.at(-1) ?? { base: 0, length: 0 }
    fs.writeFileSync(segmentPath(held.folder.path, base + last), Buffer.alloc(length))
    const again = await open({ segmentSize: 5_000 })
    expect(idsOf(again)).toEqual(ids)
    await append(again, 2)
    await again.close()
    const third = await open()
    expect(idsOf(third)).toHaveLength(ids.length + 2)
    await third.close()
  })
})

describe('a snapshot of another log', () => {
  it('is not believed', async () => {
    const opened = await open()
    await append(opened, 5)
    await opened.close()
    const snapshot = segmentFile(0).replace(/log$/, 'idx')
    const foreign = fs.readFileSync(snapshot)
    for (const file of [segmentFile(0), snapshot]) fs.rmSync(file)
    const other = await open()
    await append(other, 7)
    const ids = idsOf(other)
    await other.close()
    fs.writeFileSync(snapshot, foreign)
    const again = await open()
    expect(idsOf(again)).toEqual(ids)
    await again.close()
  })

  it('nor is one of the same log from before it was put back and written to anew', async () => {
    const opened = await open()
    await append(opened, 2)
    await opened.close()
    const snapshot = segmentFile(0).replace(/log$/, 'idx')
    const backup = fs.readFileSync(segmentFile(0))
    const before = await open()
    await append(before, 3)
    await before.close()
    const stale = fs.readFileSync(snapshot)
    fs.writeFileSync(segmentFile(0), backup)
    fs.rmSync(snapshot)
    const after = await open()
    await append(after, 6)
    const ids = idsOf(after)
    await after.close()
    fs.writeFileSync(snapshot, stale)
    const again = await open()
    expect(idsOf(again)).toEqual(ids)
    await again.close()
  })
})

describe('a torn tail', () => {
  it('is cut wherever the last append of two events was torn, and nothing else is', async () => {
    const opened = await open()
    await append(opened, 3)
    const before = fs.statSync(segmentFile(0)).size
    const kept = idsOf(opened)
    await append(opened, 2)
    await opened.close()
    const whole = fs.readFileSync(segmentFile(0))
    expect(whole.length - before).toBeGreaterThan(500)
    for (let length = before; length < whole.length; length++) {
      dropSnapshots()
      fs.writeFileSync(segmentFile(0), whole.subarray(0, length))
      const again = await open()
      expect(again.cutBytes).toBe(length - before)
      expect(idsOf(again)).toEqual(kept)
      expect(fs.statSync(segmentFile(0)).size).toBe(before)
      await again.close()
    }
  })

  it('takes a stream that came back and the metadata that bring it back together', async () => {
    const opened = await open()
    await append(opened, 1)
    await opened.store.delete(stream, expectedRevision.any)
    const before = fs.statSync(segmentFile(0)).size
    await append(opened, 1)
    await opened.close()
    const whole = fs.readFileSync(segmentFile(0))
    for (let length = before; length < whole.length; length += 50) {
      dropSnapshots()
      fs.writeFileSync(segmentFile(0), whole.subarray(0, length))
      const again = await open()
      expect(fs.statSync(segmentFile(0)).size).toBe(before)
      await again.close()
    }
  })

  it('leaves room for new events, which are then kept', async () => {
    const opened = await open()
    await append(opened, 3)
    await opened.close()
    fs.truncateSync(segmentFile(0), fs.statSync(segmentFile(0)).size - 7)
    dropSnapshots()
    const torn = await open()
    await append(torn, 4)
    const ids = idsOf(torn)
    await torn.close()
    const again = await open()
    expect(idsOf(again)).toEqual(ids)
    await again.close()
  })
})

describe('damage elsewhere', () => {
  const damage = (file: string, at: number) => {
    const fd = fs.openSync(file, 'r+')
    const byte = Buffer.alloc(1)
    fs.readSync(fd, byte, 0, 1, at)
    fs.writeSync(fd, Buffer.from([(byte[0] ?? 0) ^ 0x40]), 0, 1, at)
    fs.closeSync(fd)
  }

  it('in the last segment, before synced records, is refused with the place', async () => {
    const opened = await open()
    await append(opened, 1)
    const at = fs.statSync(segmentFile(0)).size + 90
    await append(opened, 1)
    await append(opened, 1)
    await opened.close()
    dropSnapshots()
    damage(segmentFile(0), at)
    await expect(open()).rejects.toThrow(new RegExp(`is damaged at byte ${at - 90}.*Restore`))
  })

  it('in an earlier segment is refused', async () => {
    const opened = await open({ segmentSize: 5_000 })
    for (let n = 0; n < 40; n++) await append(opened, 2)
    await opened.close()
    dropSnapshots()
    damage(segmentFile(1), fs.statSync(segmentFile(1)).size - 10)
    await expect(open()).rejects.toThrow(/is damaged at byte \d+/)
  })

  it('that shortened what a snapshot covers is refused', async () => {
    const opened = await open()
    await append(opened, 3)
    await opened.close()
    fs.truncateSync(segmentFile(0), fs.statSync(segmentFile(0)).size - 1)
    await expect(open()).rejects.toThrow(/were safe on disk/)
  })

  it('that took a segment away is refused', async () => {
    const opened = await open({ segmentSize: 5_000 })
    for (let n = 0; n < 40; n++) await append(opened, 2)
    await opened.close()
    fs.rmSync(segmentFile(1))
    await expect(open()).rejects.toThrow(/has a hole/)
  })
})

describe('a disk that fails', () => {
  const failing = (call: 'write' | 'sync', code: string) => {
    const state = { fails: false }
    const fail = async () => {
      if (state.fails) throw Object.assign(new Error(code), { code })
    }
    const disk: Disk = {
      ...realDisk,
      [call]: async (fd: number, bytes: Buffer, length: number, at: number) => {
        await fail()
        await (call === 'write' ? realDisk.write(fd, bytes, length, at) : realDisk.sync(fd))
      },
    }
    return { state, disk }
  }

  it('because it is full refuses appends, keeps what it has, and takes appends again when there is room', async () => {
    const { state, disk } = failing('write', 'ENOSPC')
    const opened = await open({ disk })
    await append(opened, 3)
    const ids = idsOf(opened)
    state.fails = true
    const refused = [
      append(opened, 2),
      opened.store.append(Buffer.from('other'), expectedRevision.any, events(2)),
    ]
    for (const attempt of refused) await expect(attempt).rejects.toThrow(/no room on the disk/)
    expect(idsOf(opened)).toEqual(ids)
    state.fails = false
    expect(await append(opened, 1)).toMatchObject({ kind: 'appended', revision: 3 })
    expect(
      await opened.store.append(Buffer.from('other'), expectedRevision.noStream, events(1)),
    ).toMatchObject({ revision: 0 })
    const after = idsOf(opened)
    await opened.close()
    const again = await open()
    expect(idsOf(again)).toEqual(after)
    await again.close()
  })

  it('in a sync stops the log for good: no later append is taken', async () => {
    const { state, disk } = failing('sync', 'EIO')
    const stopped: Error[] = []
    const opened = await open({ disk, onStopped: (error) => stopped.push(error) })
    await append(opened, 1)
    state.fails = true
    await expect(append(opened, 1)).rejects.toThrow(/syncing .* failed/)
    state.fails = false
    await expect(append(opened, 1)).rejects.toThrow(/syncing .* failed/)
    expect(stopped).toHaveLength(1)
    expect(idsOf(opened)).toHaveLength(1)
    await opened.close()
  })
})

it('events that have reached $maxAge can no longer be read', async () => {
  const clock = { ms: 1_000_000_000_000 }
  const opened = await open({ now: () => clock.ms })
  const metadata = { ...event(''), data: Buffer.from('{"$maxAge":60}') }
  await opened.store.append(Buffer.from('$$log-test'), expectedRevision.any, [metadata])
  await append(opened, 1)
  clock.ms += 59_000
  await append(opened, 1)
  const number = opened.store.index.stream(stream)
  const createdMs = (revision: number) =>
    new LogReader(opened.store.log).seek(
      opened.store.index.position(opened.store.index.ordinal(number, revision)),
    ).createdMs
  const oldEnough = () =>
    [0, 1].filter((revision) => createdMs(revision) >= readableRange(opened.store, number).oldestMs)
  expect(oldEnough()).toEqual([0, 1])
  clock.ms += 2_000
  expect(oldEnough()).toEqual([1])
  await opened.close()
})

it('a folder is held by one store at a time, and free again when it is closed', async () => {
  const opened = await open()
  await expect(open()).rejects.toThrow(/is in use by another event store \(process \d+\)/)
  await opened.close()
  await (await open()).close()
})
