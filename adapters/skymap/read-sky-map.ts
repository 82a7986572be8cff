import { pixelAreaSqDeg, pixelsOf } from '#domain/alerts/skymap/healpix.ts'
import type { MapPixel } from '#domain/alerts/skymap/sky-map.ts'
import { type FitsTable, firstTable } from './fits-table.ts'

/** LIGO's finest maps have order 11, and some ten thousand pixels. */
const mostOrder = 24
const mostRows = 2_000_000

const sqDegPerSteradian = (180 / Math.PI) ** 2

/** What is wrong with a sky map, for the notice's flags. */
export class SkyMapUnreadable extends Error {}

const pixelIn = (uniq: number, density: number): MapPixel => {
  const order = Math.floor(Math.log2(uniq / 4) / 2)
  const pixel = uniq - 4 * 4 ** order
  if (!(uniq >= 4) || order > mostOrder || pixel >= pixelsOf(order))
    throw new SkyMapUnreadable(`${uniq} is no UNIQ number`)
  if (!Number.isFinite(density) || density < 0)
    throw new SkyMapUnreadable(`a probability density of ${density}`)
  return { order, pixel, probability: density * (pixelAreaSqDeg(order) / sqDegPerSteradian) }
}

const pixelsIn = ({ rows, column }: FitsTable): MapPixel[] => {
  const [uniq, density] = [column('UNIQ'), column('PROBDENSITY')]
  if (!uniq || !density)
    throw new SkyMapUnreadable('no columns UNIQ and PROBDENSITY: it is no multi-order map')
  if (rows > mostRows) throw new SkyMapUnreadable(`${rows} rows; at most ${mostRows} are read`)
  return Array.from({ length: rows }, (_, row) => pixelIn(uniq(row), density(row)))
}

/**
 * A multi-order sky map (FITS, a table of UNIQ and PROBDENSITY per steradian) as LIGO, Virgo and KAGRA send it, see
 * https://emfollow.docs.ligo.org/userguide/tutorial/multiorder_skymaps.html. Throws {@link SkyMapUnreadable}.
 */
export const readSkyMap = (fits: Uint8Array): MapPixel[] => {
  const table = firstTable(fits)
  if (!table) throw new SkyMapUnreadable('no FITS table in it')
  const map = pixelsIn(table)
  const whole = map.reduce((sum, { probability }) => sum + probability, 0)
  if (!(whole > 0.9 && whole < 1.1))
    throw new SkyMapUnreadable(`its probabilities add up to ${whole.toPrecision(3)}, not to 1`)
  return map
}
