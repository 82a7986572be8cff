import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { cameraCommands, type Exposure } from '#domain/devices/camera.ts'
import { pixelOf } from '#domain/images/projection.ts'
import { phaseTimes } from '#domain/night/sun-phases.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { cameraModels, SimulatedCamera } from '#simulators/camera.ts'
import { deviceScenario } from '#simulators/device-scenario.ts'
import { starsAround } from '#simulators/star-field.ts'
import { readFits } from '#test/support/read-fits.ts'
import { joinedDevice, performed } from '#test/support/simulated-device.ts'

const camera = async (...entries: unknown[]) => cameraFrom(undefined, ...entries)

const cameraFrom = async (startsAt: number | undefined, ...entries: unknown[]) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'noctuary-camera-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const simulated = new SimulatedCamera(cameraModels.visible, sanPedroMartir, folder)
  const scenario = deviceScenario([100_000, ...entries], 'visibleCameraSimulator')
  return {
    folder,
    ...(await joinedDevice(simulated, {
      scenario,
      // A quarter of a million pixels take their time on a busy machine.
      timeoutMs: 5_000,
      ...(startsAt === undefined ? {} : { startsAt }),
    })),
  }
}

const exposure = (imageId: string, more: Partial<Exposure> = {}): Exposure => ({
  imageId,
  file: `images/2026-11-20/${imageId}.fits`,
  frame: 'light',
  exposureS: 30,
  object: 'M 31',
  pointing: { raDeg: 10.68, decDeg: 41.27 },
  ...more,
})

const taken = async (joined: Awaited<ReturnType<typeof camera>>, asked: Exposure) => {
  const { progress, afterS } = await performed(joined, ['expose', cameraCommands.expose], asked)
  if (progress.kind !== 'done') throw new Error(`${progress.kind}`)
  const bytes = readFileSync(path.join(joined.folder, asked.file))
  return { afterS, bytes, result: progress.result, ...readFits(bytes) }
}

/** The brightest pixel of a small square. */
const peakNear = ({ pixels, width }: { pixels: number[]; width: number }, x: number, y: number) => {
  let best = { value: -1, x: 0, y: 0 }
  for (let row = Math.round(y) - 3; row <= Math.round(y) + 3; row++)
    for (let column = Math.round(x) - 3; column <= Math.round(x) + 3; column++) {
      const value = pixels[(row - 1) * width + column - 1] ?? -1
      if (value > best.value) best = { value, x: column, y: row }
    }
  return best
}

const brightestIn = ({ raDeg, decDeg }: { raDeg: number; decDeg: number }) => {
  const wcs = { raDeg, decDeg, scaleDeg: 1 / 3600, centreX: 256.5, centreY: 256.5 }
  return starsAround(raDeg, decDeg, 0.06)
    .flatMap((star) => {
      const at = pixelOf(wcs, star)
      return at && at.x > 10 && at.x < 502 && at.y > 10 && at.y < 502 ? [{ ...star, at }] : []
    })
    .toSorted((a, b) => a.magnitude - b.magnitude)[0]
}

describe('the simulated camera', () => {
  it('exposes, reads out, and leaves a FITS file that says how it was taken', async () => {
    const joined = await camera()
    const image = await taken(joined, exposure('a-1'))
    expect(image.afterS).toBe(36)
    expect(Object.fromEntries(image.cards)).toMatchObject({
      'DATE-OBS': '2026-11-21T04:00:00.000',
      EXPTIME: 30,
      FILTER: 'r',
      OBJECT: 'M 31',
      INSTRUME: 'DDRAGO',
      OBSERVAT: 'OSM-Mexico',
      RA: 10.68,
      DEC: 41.27,
      CTYPE1: 'RA---TAN',
      CRVAL1: 10.68,
      CRPIX1: 256.5,
      NAXIS1: 512,
      BITPIX: 16,
    })
    expect(Number(image.cards.get('AIRMASS'))).toBeGreaterThan(1)
    expect(image.result).toMatchObject({
      file: 'images/2026-11-20/a-1.fits',
      bytes: image.bytes.length,
      sha256: createHash('sha256').update(image.bytes).digest('hex'),
    })
  })

  it('the stars are where the header says, and move over the detector with the pointing', async () => {
    const joined = await camera()
    const pointing = { raDeg: 10.68, decDeg: 41.27 }
    const star = brightestIn(pointing)
    if (!star) throw new Error('an empty field')
    const first = await taken(joined, exposure('b-1', { pointing }))
    const shifted = { raDeg: pointing.raDeg, decDeg: pointing.decDeg + 20 / 3600 }
    const second = await taken(joined, exposure('b-2', { pointing: shifted }))
    const [one, two] = [peakNear(first, star.at.x, star.at.y), peakNear(second, star.at.x, star.at.y - 20)]
    expect(one.value).toBeGreaterThan(1_500)
    expect(Math.abs(one.x - star.at.x)).toBeLessThanOrEqual(1)
    expect(Math.abs(one.y - star.at.y)).toBeLessThanOrEqual(1)
    expect([two.x, two.y]).toEqual([one.x, one.y - 20])
  })

  it('the same exposure gives the same bytes', async () => {
    const [one, other] = [await camera(), await camera()]
    const [a, b] = [await taken(one, exposure('c-1')), await taken(other, exposure('c-1'))]
    expect(Buffer.compare(a.bytes, b.bytes)).toBe(0)
  })

  it.each([
    ['bias', 0, 1_000, 5],
    ['dark', 60, 1_003, 5],
  ] as const)('a %s of %i s has its level: %i', async (frame, exposureS, level, within) => {
    const joined = await camera()
    const { pixels, cards } = await taken(joined, exposure('d-1', { frame, exposureS, pointing: null }))
    const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length
    expect(Math.abs(mean - level)).toBeLessThan(within)
    expect(cards.get('CTYPE1')).toBeUndefined()
  })

  it('a flat has the level of its twilight and its exposure time, and the camera tells it', async () => {
    const dusk = phaseTimes(sanPedroMartir, '2026-11-20')['evening-flats']
    const levels: number[] = []
    for (const exposureS of [0.5, 1]) {
      const joined = await cameraFrom(Date.parse(dusk ?? ''))
      const asked = exposure(`flat-${exposureS}`, { frame: 'flat', exposureS, pointing: null })
      const { pixels, result } = await taken(joined, asked)
      const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length
      expect(result['levelCounts']).toBeCloseTo(mean, 0)
      levels.push(mean - 1_000)
    }
    const [short = 0, long = 0] = levels
    // The Sun at -4.5° gives 28 000 counts a second, and the corners are darker.
    expect(short).toBeGreaterThan(12_000)
    expect(short).toBeLessThan(14_500)
    expect(long / short).toBeCloseTo(2, 2)
  })

  it('turns its filter wheel in 8 s, and knows its filters', async () => {
    const joined = await camera()
    const filter = ['set-filter', cameraCommands['set-filter']] as const
    const { progress, afterS } = await performed(joined, filter, { filter: 'i' })
    expect({ kind: progress.kind, afterS }).toEqual({ kind: 'done', afterS: 8 })
    await expect(joined.client.send('set-filter', { filter: 'Q' })).rejects.toMatchObject({
      code: 'no_such_filter',
    })
  })

  it('aborts an exposure and leaves no file', async () => {
    const joined = await camera()
    await joined.client.send('expose', exposure('e-1'))
    await joined.clock.advanceBy(10_000)
    const { progress } = await performed(joined, ['abort', cameraCommands.abort])
    expect(progress.kind).toBe('done')
    await joined.clock.advanceBy(60_000)
    await joined.client.status()
    expect(existsSync(path.join(joined.folder, 'images'))).toBe(false)
  })

  it('takes no file name that leads out of its folder', async () => {
    const { client } = await camera()
    for (const file of ['images/../../etc/x.fits', '/tmp/x.fits', 'images/n/../x.fits', 'images/n/..fits'])
      await expect(client.send('expose', { ...exposure('f-1'), file })).rejects.toThrow('a file is images/')
  })

  it('a stuck controller never ends its read-out', async () => {
    const joined = await camera({ time: 0, visibleCameraSimulator: { fault: 'stuck' } })
    const { progress } = await performed(joined, ['expose', cameraCommands.expose], exposure('g-1'))
    expect(progress.kind).toBe('going')
  })
})
