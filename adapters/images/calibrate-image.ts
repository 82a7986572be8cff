import { readFileSync } from 'node:fs'
import type { ImageJob, ImageMade, Tool } from '#commands/images/image-works.ts'
import { analyse } from '#domain/images/analysis/analyse.ts'
import { fitsFile } from '#domain/images/fits.ts'
import type { Card } from '#domain/images/fits-header.ts'
import { corrected } from '#domain/images/masters/correct.ts'
import { wcsCards, wcsIn } from '#domain/images/projection.ts'
import { type Picture, readImage } from '#domain/images/read-image.ts'
import { faultOf, placeOf, reading, writeWhole } from './data-files.ts'

const pictureIn = (dataDir: string, file: string): Picture =>
  reading(file, () => readImage(readFileSync(placeOf(dataDir, file))))

/** A master's pixels; null where it cannot be read or is of another size. */
const toolFor = (dataDir: string, { width, height }: Picture, tool: Tool | null): Float32Array | null => {
  if (!tool) return null
  try {
    const master = pictureIn(dataDir, tool.file)
    return master.width === width && master.height === height ? master.pixels : null
  } catch (error) {
    if (!faultOf(error)) throw error
    return null
  }
}

const texts = ['DATE-OBS', 'TIMESYS', 'OBJECT', 'IMAGEID', 'FILTER', 'TELESCOP', 'INSTRUME', 'OBSERVAT']
const numbers = ['MJD-OBS', 'EXPTIME', 'CCD-TEMP', 'GAIN', 'RA', 'DEC', 'ALTITUDE', 'AZIMUTH', 'AIRMASS']

/** What the image says of itself still holds after correction. */
const keptCards = ({ header: { values } }: Picture): Card[] => [
  ...texts.flatMap((keyword) => {
    const text = /^ *'((?:[^']|'')*)'/.exec(values.get(keyword) ?? '')?.[1]
    return text === undefined ? [] : [{ keyword, value: text.replaceAll("''", "'").trimEnd() }]
  }),
  ...numbers.flatMap((keyword) => {
    const value = Number(values.get(keyword)?.trim() || Number.NaN)
    return Number.isFinite(value) ? [{ keyword, value }] : []
  }),
]

const historyOf = ({ bias, dark, flat }: ImageJob, used: { bias: boolean; dark: boolean; flat: boolean }) =>
  Object.entries({ bias, dark, flat }).map(([kind, tool]): Card => {
    const isUsed = kind === 'bias' ? used.bias : kind === 'dark' ? used.dark : used.flat
    return { keyword: 'HISTORY', value: isUsed && tool ? `${kind} ${tool.id}` : `no ${kind} that fits` }
  })

const gainOf = ({ header: { values } }: Picture): number => {
  const gain = Number(values.get('GAIN') ?? 1)
  return gain > 0 ? gain : 1
}

/** Corrects an image as far as its masters go, writes it, and looks what is in it. */
export const calibrateImage = (dataDir: string, job: ImageJob): ImageMade => {
  try {
    const picture = pictureIn(dataDir, job.file)
    const bias = toolFor(dataDir, picture, job.bias)
    const darkPixels = toolFor(dataDir, picture, job.dark)
    const dark = darkPixels && job.dark ? { pixels: darkPixels, exposureS: job.dark.exposureS } : null
    const flat = toolFor(dataDir, picture, job.flat)
    const used = { bias: bias !== null, dark: dark !== null, flat: flat !== null }
    const pixels = corrected(picture.pixels, job.exposureS, { bias, dark, flat })
    const { width, height } = picture
    const wcs = wcsIn(picture.header.values)
    const cards = [...keptCards(picture), ...(wcs ? wcsCards(wcs) : []), ...historyOf(job, used)]
    const written = writeWhole(
      dataDir,
      job.output,
      fitsFile({
        width,
        height,
        pixels,
        cards: [{ keyword: 'IMAGETYP', value: 'corrected light' }, ...cards],
      }),
    )
    const analysis = analyse({ width, height, pixels, raw: picture.pixels, gain: gainOf(picture) })
    return { kind: 'calibrated', ...written, width, height, used, wcs, analysis }
  } catch (error) {
    const fault = faultOf(error)
    if (!fault) throw error
    return { kind: 'refused', ...fault }
  }
}
