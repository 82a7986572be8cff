import { againstCatalogue, type Candidate } from '#domain/images/analysis/known-sky.ts'
import type { ImageWork } from '#domain/images/desk.ts'
import type { ImageCalibrated, ImageEvent, TransientCandidateFound } from '#domain/images/events.ts'
import type { StarCatalogue } from '#domain/images/star-catalogue.ts'
import type { CalibrationKind } from '#domain/observing/calibration-events.ts'
import type { ImageAcquired } from '#domain/observing/events.ts'
import type { Detector } from '#domain/requests/sequence.ts'
import { uuidFrom } from '#domain/shared/ids.ts'
import type { ImageMade, ImageWorks } from './image-works.ts'
import { darkTool } from './make-master.ts'

/** What is known of the part of the sky that a camera sees; null where there is no catalogue of it. */
export type CatalogueFor = (detector: Detector) => StarCatalogue | null

/** More than this in one image are no transients but something wrong with the image. */
const mostCandidates = 20

type Work = Extract<ImageWork, { kind: 'image' }>
type Calibrated = Extract<ImageMade, { kind: 'calibrated' }>
type Search = ImageCalibrated['data']['transientSearch']

const ofImage = ({ imageId, requestId, detector, filter }: ImageAcquired['data']) => ({
  imageId,
  requestId,
  detector,
  filter,
})

const outputOf = (file: string): string => file.replace(/\.fits$/, '-calibrated.fits')

const found = (image: ImageAcquired['data'], made: Calibrated, catalogue: StarCatalogue | null) => {
  const { wcs, width, height, analysis } = made
  if (!catalogue || !wcs) return null
  return againstCatalogue({ width, height, exposureS: image.exposureS, wcs, analysis }, catalogue)
}

const searchOf = (
  image: ImageAcquired['data'],
  { wcs }: Calibrated,
  catalogue: StarCatalogue | null,
): Search => {
  // Only an alert's image is worth the question: elsewhere a stranger is a planet or a plane.
  if (!image.requestId.startsWith('alert-')) return 'not-an-alert'
  if (!catalogue) return 'no-catalogue'
  return wcs ? 'done' : 'no-coordinates'
}

const candidateOf = (
  image: ImageAcquired['data'],
  { x, y, raDeg, decDeg, snr, flux, fwhmPx, magnitude }: Candidate,
  index: number,
  catalogue: string,
): TransientCandidateFound => ({
  type: 'TransientCandidateFound',
  data: {
    ...ofImage(image),
    candidateId: uuidFrom(`candidate/${index}`, image.imageId),
    raDeg,
    decDeg,
    xPx: x,
    yPx: y,
    snr,
    fluxCounts: flux,
    fwhmPx,
    magnitude,
    catalogue,
  },
})

const kinds: readonly CalibrationKind[] = ['bias', 'dark', 'flat']

/** Corrects an image and says what is in it; for an alert's also what is not in the catalogue. */
export const makeImage = async (
  works: ImageWorks,
  { image: { data: image }, fitting }: Work,
  catalogueFor: CatalogueFor,
): Promise<readonly ImageEvent[]> => {
  const output = outputOf(image.file)
  const { bias, flat } = fitting
  const dark = darkTool(fitting.dark)
  const made = await works.image({ file: image.file, exposureS: image.exposureS, bias, dark, flat, output })
  if (made.kind === 'refused') {
    const { reason, detail } = made
    return [{ type: 'ImageNotCalibrated', data: { ...ofImage(image), reason, detail } }]
  }
  const catalogue = catalogueFor(image.detector)
  const transientSearch = searchOf(image, made, catalogue)
  const sky = found(image, made, catalogue)
  const strangers = transientSearch === 'done' ? (sky?.strangers ?? []).slice(0, mostCandidates) : []
  const { used, analysis, sha256, bytes } = made
  const { sources, ...quality } = analysis
  const data: ImageCalibrated['data'] = {
    ...ofImage(image),
    file: output,
    sha256,
    bytes,
    masters: {
      bias: used.bias ? (bias?.id ?? null) : null,
      dark: used.dark ? (dark?.id ?? null) : null,
      flat: used.flat ? (flat?.id ?? null) : null,
    },
    missing: kinds.filter((kind) => !used[kind]),
    ...quality,
    sourcesDetected: sources.length,
    limitingMagnitude: sky?.limitingMagnitude ?? null,
    transientSearch,
    catalogue: sky ? (catalogue?.name ?? null) : null,
    transientCandidates: strangers.length,
  }
  return [
    { type: 'ImageCalibrated', data },
    ...strangers.map((stranger, index) => candidateOf(image, stranger, index, catalogue?.name ?? '')),
  ]
}
