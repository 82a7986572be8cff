import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { markBehind, writeSnapshot } from '../index/snapshot.ts'
import { type Disk, realDisk } from '../log/disk.ts'
import { lockFolder } from '../log/lock.ts'
import { Log } from '../log/log.ts'
import { type OpenedLog, openSegments } from '../log/open.ts'
import type { Segment } from '../log/segment.ts'
import { expectedRevision } from './expected.ts'
import { Store } from './store.ts'

export type StoreOptions = {
  folder: string
  disk?: Disk
  segmentSize?: number
  /** The wall clock, in milliseconds. */
  now?: () => number
  /** The disk failed beyond repair. */
  onStopped?: (error: Error) => void
}

export type OpenedStore = {
  store: Store
  /** Bytes of a torn tail that were cut off on opening. */
  cutBytes: number
  close(): Promise<void>
}

const segmentSize = 64 * 1024 * 1024

/** Opens or founds the event store in a folder, for this process alone. */
export const openStore = async (options: StoreOptions): Promise<OpenedStore> => {
  fs.mkdirSync(options.folder, { recursive: true })
  const lock = await lockFolder(options.folder)
  try {
    const opened = openSegments(options.folder)
    const { store, close } = storeOver(opened, options)
    if (store.index.count === 0) await found(store)
    return {
      store,
      cutBytes: opened.cutBytes,
      close: async () => {
        await close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

const storeOver = (opened: OpenedLog, options: StoreOptions) => {
  const { index, segments, logId } = opened
  let active = opened.active
  const sealed = (segment: Segment): void => {
    const mark = active
    active = markBehind(index, segment, mark)
    try {
      writeSnapshot(index, segment, mark)
    } catch {
      // Without its snapshot the segment is read again at the next start; that is all.
    }
  }
  const log = new Log({
    folder: options.folder,
    logId,
    segments,
    disk: options.disk ?? realDisk,
    segmentSize: options.segmentSize ?? segmentSize,
    now: options.now ?? Date.now,
    events: {
      durable: () => store.publish(),
      refused: () => store.withdraw(),
      sealed,
      stopped: (error) => options.onStopped?.(error),
    },
  })
  const store = new Store(index, log)
  const close = async (): Promise<void> => {
    await log.settled()
    const last = segments.at(-1)
    if (last) sealed(last)
    log.close()
  }
  return { store, close }
}

const empty = Buffer.alloc(0)

const systemEvent = (type: string, data: unknown) => ({
  id: randomUUID(),
  type,
  json: true,
  metadata: empty,
  data: Buffer.from(JSON.stringify(data)),
})

/** A fresh real server has a dozen system events in `$all`, and clients have come to expect some. */
const found = async (store: Store): Promise<void> => {
  const write = (stream: string, type: string, data: unknown) =>
    store.append(Buffer.from(stream), expectedRevision.any, [systemEvent(type, data)])
  for (const user of ['admin', 'ops']) {
    await write(`$user-${user}`, '$UserCreated', {
      loginName: user,
      fullName: `Event Store ${user}`,
      disabled: false,
    })
    await write('$users', '$User', user)
    await write(`$$$user-${user}`, '$metadata', { $acl: { $r: '$admins', $w: '$admins' } })
  }
  await write('$$$users', '$metadata', { $acl: { $r: '$admins', $w: '$admins' } })
  for (const projection of ['$streams', '$stream_by_category', '$by_category', '$by_event_type']) {
    await write('$projections-$all', '$ProjectionCreated', projection)
  }
  await write('$settings', '$SettingsCreated', {
    $userStreamAcl: { $r: '$all', $w: '$all', $d: '$all', $mr: '$all', $mw: '$all' },
  })
}
