import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { watchedFolder } from '#adapters/notice-folder/watched-folder.ts'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import { noticeLog } from '#test/support/notice-log.ts'

const newFolder = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-folder-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

const watching = async (
  folder: string,
  {
    log,
    through = (sink) => sink,
  }: { log?: Awaited<ReturnType<typeof noticeLog>>; through?: (sink: NoticeSink) => NoticeSink } = {},
) => {
  const clock = new VirtualClock(Date.UTC(2026, 10, 21))
  const used = log ?? (await noticeLog())
  const source = watchedFolder({ folder, sink: through(used.sink), clock })
  const stopping = new AbortController()
  const running = source.run(stopping.signal)
  const stop = async () => {
    stopping.abort()
    await running
  }
  onTestFinished(async () => {
    await stop()
    await used[Symbol.asyncDispose]()
  })
  /** One look, from its beginning until the source sleeps again. */
  const look = async () => {
    await expect.poll(() => clock.pending()).toBe(1)
    await clock.advanceBy(1_000)
    await expect.poll(() => clock.pending()).toBe(1)
  }
  return { log: used, look, source, stop }
}

const raws = async (log: Awaited<ReturnType<typeof noticeLog>>) => (await log.kept()).map(({ raw }) => raw)

describe('the watched folder', () => {
  it('P32, P33 takes what was dropped while nobody looked, and says from which file', async () => {
    const folder = await newFolder()
    await writeFile(path.join(folder, 'b.xml'), '<b/>')
    await writeFile(path.join(folder, 'a.xml'), '<a/>')
    const { log, look, source } = await watching(folder)
    await look()
    expect((await raws(log)).toSorted()).toEqual(['<a/>', '<b/>'])
    expect((await log.kept()).map(({ source }) => source)).toEqual(
      expect.arrayContaining([
        { kind: 'folder', file: 'a.xml' },
        { kind: 'folder', file: 'b.xml' },
      ]),
    )
    expect(source.status()).toMatchObject({ state: 'up', notices: 2 })
  })

  it('does not take a file that is still being written', async () => {
    const folder = await newFolder()
    const file = path.join(folder, 'a.xml')
    const { log, look } = await watching(folder)
    await writeFile(file, '<a>')
    await look()
    await appendFile(file, 'half')
    await look()
    expect(await raws(log)).toEqual([])
    await appendFile(file, '</a>')
    await look()
    await look()
    expect(await raws(log)).toEqual(['<a>half</a>'])
  })

  it.each(['.a.xml', 'a.xml.tmp', 'a.part', 'a.xml~'])(
    'leaves %s alone until it is renamed',
    async (name) => {
      const folder = await newFolder()
      const { log, look } = await watching(folder)
      await writeFile(path.join(folder, name), '<a/>')
      await look()
      await look()
      expect(await raws(log)).toEqual([])
      await rename(path.join(folder, name), path.join(folder, 'a.xml'))
      await look()
      await look()
      expect(await raws(log)).toEqual(['<a/>'])
    },
  )

  it('P33 after a restart the same file and a copy of it are one notice', async () => {
    const folder = await newFolder()
    await writeFile(path.join(folder, 'a.xml'), '<a/>')
    const first = await watching(folder)
    await first.look()
    await first.stop()
    await writeFile(path.join(folder, 'copy.xml'), '<a/>')
    const second = await watching(folder, { log: first.log })
    await second.look()
    expect(second.source.status().notices).toBe(2)
    expect(await raws(first.log)).toEqual(['<a/>'])
  })

  it('P34 a file that cannot be kept now is tried again, and costs the next file nothing for long', async () => {
    const folder = await newFolder()
    await writeFile(path.join(folder, 'a.xml'), '<a/>')
    let calls = 0
    const { log, look, source } = await watching(folder, {
      through: (sink) => async (arrival) => {
        calls += 1
        if (calls === 1) throw new Error('the event store does not answer')
        return sink(arrival)
      },
    })
    await look()
    expect(source.status()).toMatchObject({ state: 'down', detail: 'the event store does not answer' })
    await look()
    await look()
    expect(await raws(log)).toEqual(['<a/>'])
    expect(source.status().state).toBe('up')
  })

  it('waits for a folder that is not there', async () => {
    const folder = await newFolder()
    const later = path.join(folder, 'later')
    const { log, look, source } = await watching(later)
    await look()
    expect(source.status()).toMatchObject({ state: 'down', detail: expect.stringContaining('ENOENT') })
    const prepared = await newFolder()
    await writeFile(path.join(prepared, 'a.xml'), '<a/>')
    await rename(prepared, later)
    await look()
    await look()
    expect(await raws(log)).toEqual(['<a/>'])
  })
})
