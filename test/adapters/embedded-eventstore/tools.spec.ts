import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '#adapters/embedded-eventstore/store/open-store.ts'
import { backupLog } from '#adapters/embedded-eventstore/tools/backup-log.ts'
import { logInfo } from '#adapters/embedded-eventstore/tools/log-info.ts'
import { verifyLog } from '#adapters/embedded-eventstore/tools/verify-log.ts'
import { memoryFolder } from './node.ts'

const held: { folder: { path: string; remove(): void } } = { folder: { path: '', remove: () => {} } }
beforeEach(() => {
  held.folder = memoryFolder()
})
afterEach(() => held.folder.remove())

const log = () => path.join(held.folder.path, 'log')
const event = () => ({
  id: randomUUID(),
  type: 'Tested',
  json: true,
  metadata: Buffer.alloc(0),
  data: Buffer.from(JSON.stringify({ text: 'z'.repeat(200) })),
})
const open = () => openStore({ folder: log(), segmentSize: 10_000 })

/** A log of several segments with 100 events of its own. */
const filled = async () => {
  const opened = await open()
  for (let n = 0; n < 50; n++) await opened.store.append(Buffer.from(`s-${n % 7}`), -2, [event(), event()])
  return opened
}
const segmentFiles = (folder: string) =>
  fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort()

describe('verifyLog', () => {
  it('finds a sound log sound, also beside the running node', async () => {
    const opened = await filled()
    const report = await verifyLog(log())
    expect(report).toMatchObject({ problems: [], tornBytes: 0, events: opened.store.index.count })
    await opened.close()
    expect(await verifyLog(log())).toEqual(report)
  })

  it.each([0, 1, -2])('finds one changed byte in segment %i', async (at) => {
    await (await filled()).close()
    const file = path.join(log(), segmentFiles(log()).at(at) ?? '')
    const bytes = fs.readFileSync(file)
    bytes[6000] = (bytes[6000] ?? 0) ^ 1
    fs.writeFileSync(file, bytes)
    const { problems } = await verifyLog(log())
    expect(problems[0]).toContain(file)
  })

  it('reports a torn tail without calling it damage', async () => {
    await (await filled()).close()
    const file = path.join(log(), segmentFiles(log()).at(-1) ?? '')
    fs.appendFileSync(file, 'half an append')
    expect(await verifyLog(log())).toMatchObject({ problems: [], tornBytes: 14 })
  })

  it('says that there is no log where there is none', async () => {
    await expect(verifyLog(log())).rejects.toThrow('does not exist')
    fs.mkdirSync(log())
    await expect(verifyLog(log())).rejects.toThrow('holds no event log')
    expect(fs.readdirSync(log())).toEqual([])
  })
})

describe('logInfo', () => {
  it('tells what the log holds', async () => {
    const opened = await filled()
    const { count, names } = opened.store.index
    await opened.close()
    const info = await logInfo(log())
    expect(info).toMatchObject({ events: count, streams: names.count, segments: segmentFiles(log()).length })
    expect(info.lastPosition).toBe(opened.store.index.position(count - 1))
    expect(Date.parse(info.lastEventAt ?? '')).toBeGreaterThanOrEqual(Date.parse(info.firstEventAt ?? ''))
  })
})

describe('backupLog', () => {
  const backup = () => path.join(held.folder.path, 'backup')

  it('copies a running log, which then opens with the same events', async () => {
    const opened = await filled()
    const result = await backupLog({ from: log(), to: backup() })
    const { count } = opened.store.index
    await opened.close()
    expect(result.bytes).toBe(result.copiedBytes)
    expect(await verifyLog(backup())).toMatchObject({ problems: [], events: count })
    const copy = await openStore({ folder: backup() })
    expect(copy.store.index.count).toBe(count)
    await copy.close()
  })

  it('copies only what is new the second time', async () => {
    const opened = await filled()
    await backupLog({ from: log(), to: backup() })
    await opened.store.append(Buffer.from('new'), -2, [event()])
    const seen: number[] = []
    const { copiedBytes, bytes } = await backupLog({
      from: log(),
      to: backup(),
      onProgress: ({ doneBytes }) => seen.push(doneBytes),
    })
    expect(copiedBytes).toBeLessThan(1000)
    expect(seen.at(-1)).toBe(bytes)
    expect((await verifyLog(backup())).events).toBe(opened.store.index.count)
    await opened.close()
  })
})
