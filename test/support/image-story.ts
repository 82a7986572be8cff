import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { nightStream } from '#domain/night/streams.ts'
import type { CalibrationKind } from '#domain/observing/calibration-events.ts'
import { calibrationStream, observationStream } from '#domain/observing/streams.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { exposedImage } from '#simulators/camera-image.ts'
import type { Happening } from './happenings.ts'

export const imagesNight = '2026-11-20'
const size = 160
const detector = { size, scaleDeg: 1 / 3600, seeingPixels: 2 }
/** Dusk: a flat of 1 s is then of some 15 000 counts. */
const startedMs = Date.parse('2026-11-21T01:25:00.000Z')

type Frame = CalibrationKind | 'light'

const exposedBytes = (imageId: string, frame: Frame, exposureS: number, object: string): Uint8Array => {
  const pointing = frame === 'light' ? { raDeg: 83.8, decDeg: -5.4 } : null
  const exposure = { imageId, file: '', frame, exposureS, object, pointing }
  const circumstances = { exposure, startedMs, filter: 'r', temperatureC: -60, instrument: 'DDRAGO', site }
  return exposedImage(circumstances, detector).file
}

/** Leaves a file of the simulated camera in a data folder and tells what the log says of it. */
const fileOf = async (
  dataDir: string,
  imageId: string,
  frame: Frame,
  exposureS: number,
  object = frame as string,
) => {
  const bytes = exposedBytes(imageId, frame, exposureS, object)
  const file = `images/${imagesNight}/${imageId}.fits`
  await mkdir(path.dirname(path.join(dataDir, file)), { recursive: true })
  await writeFile(path.join(dataDir, file), bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { file, sha256, bytes: bytes.length, startedAt: new Date(startedMs).toISOString() }
}

export const idOf = (name: string): string => uuidFrom(name, noctuaryNamespace)

export const calibrationFrame = async (
  dataDir: string,
  kind: CalibrationKind,
  number: number,
  exposureS: number,
  usable = true,
): Promise<Happening> => {
  const imageId = `${kind}-${exposureS}-${number}`
  const written = await fileOf(dataDir, imageId, kind, exposureS)
  return {
    type: 'CalibrationFrameAcquired',
    data: {
      kind,
      detector: 'visible',
      imageId: idOf(imageId),
      number,
      filter: 'r',
      exposureS,
      ...written,
      levelCounts: null,
      usable,
      detectorTemperatureC: -60,
    },
    night: imagesNight,
    stream: calibrationStream(site.id, imagesNight),
  }
}

export const scienceImage = async (
  dataDir: string,
  name: string,
  requestId: string,
  object = 'a field',
  changes: { readonly filter?: string } = {},
): Promise<Happening> => ({
  type: 'ImageAcquired',
  data: {
    sequenceId: `${requestId}.1`,
    requestId,
    attempt: 1,
    detector: 'visible',
    album: 'a',
    plan: 'p',
    imageId: idOf(name),
    number: 1,
    filter: 'r',
    exposureS: 60,
    ...(await fileOf(dataDir, name, 'light', 60, object)),
    raDeg: 83.8,
    decDeg: -5.4,
    altitudeDeg: 50,
    airmass: 1.3,
    detectorTemperatureC: -60,
    ...changes,
  },
  night: imagesNight,
  stream: observationStream(`${requestId}.${name}`, 1),
})

export const nightClosed: Happening = {
  type: 'NightClosed',
  data: { observations: 1, openS: 100, summary: 'over' },
  night: imagesNight,
  stream: nightStream(site.id, imagesNight),
}
