import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import { startImageThread } from '#adapters/images/image-thread.ts'
import { ImageWorker } from '#commands/images/image-worker.ts'
import type { CatalogueFor } from '#commands/images/make-image.ts'
import { type ImageEvent, imageEvents } from '#domain/images/events.ts'
import { readImage } from '#domain/images/read-image.ts'
import { isImageEvent } from '#domain/images/sentences.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { simulatedSky } from '#simulators/sky-catalogue.ts'
import { transientIn } from '#simulators/transient.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { tell } from '#test/support/happenings.ts'
import { calibrationFrame, idOf, nightClosed, scienceImage } from '#test/support/image-story.ts'

const program = fileURLToPath(new URL('worker.program.ts', import.meta.url))
const stack = new AsyncDisposableStack()
let log: FreshEventStore
let dataDir = ''
let told = 0

/** Everything that is on record of images. */
const onRecord = async (): Promise<Recorded<ImageEvent>[]> => {
  const found: Recorded<ImageEvent>[] = []
  const types = imageEvents.map(({ type }) => type)
  for await (const { events, caughtUp } of log.store.follow(types, null, new AbortController().signal)) {
    for (const event of events) if (isImageEvent(event)) found.push(event)
    if (caughtUp) break
  }
  return found
}

/** Works in this process until so many pieces of work are done. */
const work = async (pieces: number, catalogueFor: CatalogueFor = () => simulatedSky, capacity = 2) => {
  const enough = new AbortController()
  const works = startImageThread(dataDir)
  const worker = new ImageWorker({
    store: log.store,
    feed: log.store,
    clock: systemClock,
    site,
    simulated: true,
    works,
    catalogueFor,
    capacity,
    onProgress: ({ done, error }) => {
      if (error !== null) throw new Error(error)
      if (done === pieces) enough.abort()
    },
  })
  await worker.run(enough.signal)
  await works.close()
}

/** Works in a process of its own and kills it at the n-th word it says. */
const killedAtWord = async (words: number) => {
  const child = spawn(process.execPath, [program, log.url, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  let said = 0
  createInterface(child.stdout).on('line', () => {
    said += 1
    if (said === words) child.kill('SIGKILL')
  })
  await closed
}

const happens = async (...story: Parameters<typeof tell>[1]) => {
  await tell(log.store, story, told)
  told += story.length
}

const namesOf = (events: readonly Recorded<ImageEvent>[]) =>
  events.map(({ type, data }) => ('kind' in data ? `${type} ${data.kind}` : `${type} ${data.imageId}`))

beforeAll(async () => {
  log = stack.use(await freshEventStore())
  dataDir = await mkdtemp(path.join(tmpdir(), 'noctuary-works-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
})
afterAll(() => stack.disposeAsync())

describe('what comes of images', { timeout: 60_000 }, () => {
  it('P44 without masters an image is corrected as far as can be, and what is missing is said', async () => {
    await happens(await scienceImage(dataDir, 'first', 'r1'))
    await work(1)
    const [calibrated] = await onRecord()
    expect(calibrated).toMatchObject({
      type: 'ImageCalibrated',
      data: {
        imageId: idOf('first'),
        missing: ['bias', 'dark', 'flat'],
        masters: { bias: null, dark: null, flat: null },
        transientSearch: 'not-an-alert',
      },
    })
  })

  it('P44 at the night’s end masters are built; killed at any moment, each thing is done once', async () => {
    for (const [kind, exposureS, count] of [
      ['bias', 0, 4],
      ['dark', 30, 3],
      ['flat', 1, 3],
    ] as const)
      for (let number = 1; number <= count; number++)
        await happens(await calibrationFrame(dataDir, kind, number, exposureS))
    await happens(await calibrationFrame(dataDir, 'flat', 9, 1, false), nightClosed)
    for (const name of ['second', 'third', 'fourth']) await happens(await scienceImage(dataDir, name, 'r1'))
    // Before an append, right after one, and within the third.
    for (const words of [1, 2, 5]) await killedAtWord(words)
    const wanted = 7
    const left = wanted - (await onRecord()).length
    if (left > 0) await work(left, undefined, 1)
    const events = await onRecord()
    expect(namesOf(events).toSorted()).toEqual(
      [
        ...['first', 'second', 'third', 'fourth'].map((name) => `ImageCalibrated ${idOf(name)}`),
        ...['bias', 'dark', 'flat'].map((kind) => `MasterFrameBuilt ${kind}`),
      ].toSorted(),
    )
    for (const { data } of events) {
      if (!('sha256' in data)) continue
      const bytes = await readFile(path.join(dataDir, data.file))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(data.sha256)
    }
    const files = await readdir(path.join(dataDir, 'images/2026-11-20'))
    expect(files.filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('P44 the images after that are corrected with them: no bias, no shading, provenance in both', async () => {
    const events = await onRecord()
    const last = events.find(({ data }) => 'imageId' in data && data.imageId === idOf('fourth'))
    if (last?.type !== 'ImageCalibrated') throw new Error('not corrected')
    const { missing, masters, backgroundCounts, sourcesDetected, fwhmPx, file } = last.data
    expect(missing).toEqual([])
    // 4 counts a second of sky, brighter by the flat's own shading, and nothing of the 1 000 of bias.
    expect(backgroundCounts).toBeGreaterThan(215)
    expect(backgroundCounts).toBeLessThan(245)
    expect(sourcesDetected).toBeGreaterThan(0)
    expect(fwhmPx ?? 2).toBeCloseTo(2, 0)
    const text = (await readFile(path.join(dataDir, file))).toString('latin1', 0, 8_000)
    for (const id of Object.values(masters)) expect(text).toContain(id)
    const flat = events.find(({ data }) => 'kind' in data && data.kind === 'flat')
    if (flat?.type !== 'MasterFrameBuilt') throw new Error('no flat')
    const master = await readFile(path.join(dataDir, flat.data.file))
    for (const frame of flat.data.frames) expect(master.toString('latin1', 0, 8_000)).toContain(frame)
    const { pixels, width } = readImage(master)
    const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length
    expect(mean).toBeCloseTo(1, 2)
    // The simulated optics give the corner 15 % less than the middle.
    expect((pixels[0] ?? 0) / (pixels[(width / 2) * width + width / 2] ?? 1)).toBeLessThan(0.92)
    expect(flat.data.frames).not.toContain(idOf('flat-1-9'))
  })

  it('P45 what shines in an alert’s image and is in no catalogue is a candidate, there and nowhere else', async () => {
    const before = (await onRecord()).length
    await happens(
      await scienceImage(dataDir, 'alert-image', 'alert-drill-7', 'drill-7'),
      // The same sky for somebody else: it is not looked for there.
      await scienceImage(dataDir, 'same-sky', 'r2', 'drill-7'),
    )
    await work(2)
    const events = (await onRecord()).slice(before)
    const found = events.filter(({ type }) => type === 'TransientCandidateFound')
    const truth = transientIn('drill-7', { raDeg: 83.8, decDeg: -5.4 })
    const isInField =
      Math.abs((truth?.raDeg ?? 0) - 83.8) < 0.02 && Math.abs((truth?.decDeg ?? 0) + 5.4) < 0.02
    expect(isInField).toBe(true)
    expect(found).toMatchObject([
      { data: { imageId: idOf('alert-image'), requestId: 'alert-drill-7', catalogue: 'simulated sky' } },
    ])
    const [one] = found
    if (one?.type !== 'TransientCandidateFound') throw new Error('nothing found')
    expect(one.data.raDeg).toBeCloseTo(truth?.raDeg ?? 0, 4)
    expect(one.data.decDeg).toBeCloseTo(truth?.decDeg ?? 0, 4)
  })

  it('P45 a camera of whose sky there is no catalogue is held against none', async () => {
    await happens(await scienceImage(dataDir, 'real-camera', 'alert-drill-8', 'drill-8'))
    await work(1, () => null)
    expect((await onRecord()).at(-1)).toMatchObject({
      type: 'ImageCalibrated',
      data: { transientSearch: 'no-catalogue', catalogue: null, limitingMagnitude: null },
    })
  })

  it('P44 a file that is gone, or is no image, is said once and holds nothing up', async () => {
    const gone = await scienceImage(dataDir, 'gone', 'r3')
    const broken = await scienceImage(dataDir, 'broken', 'r3')
    await rm(path.join(dataDir, 'images/2026-11-20/gone.fits'))
    await rm(path.join(dataDir, 'images/2026-11-20/broken.fits'))
    await writeFile(path.join(dataDir, 'images/2026-11-20/broken.fits'), 'SIMPLE  = ')
    await happens(gone, broken, await scienceImage(dataDir, 'whole', 'r3'))
    await work(3)
    expect((await onRecord()).slice(-3)).toMatchObject([
      { type: 'ImageNotCalibrated', data: { reason: 'file-gone' } },
      { type: 'ImageNotCalibrated', data: { reason: 'not-an-image' } },
      { type: 'ImageCalibrated', data: { imageId: idOf('whole') } },
    ])
  })
})
