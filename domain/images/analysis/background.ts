import { clipped } from '../clipped.ts'

/** Sky and noise in cells of an image. */
export type Background = {
  readonly columns: number
  readonly rows: number
  /** In pixels. */
  readonly cellWidth: number
  readonly cellHeight: number
  readonly levels: Float32Array
  readonly noises: Float32Array
}

/** Larger than any star, smaller than the light of the Moon or of the optics varies. */
const cellPixels = 64
/** Of each cell so many pixels are looked at, at the most about: the level is then known to 4 % of the noise. */
const samplesPerCell = 1_000

const sampleOf = (
  pixels: Float32Array,
  width: number,
  [x0, x1, y0, y1]: readonly [number, number, number, number],
): Float32Array => {
  const step = Math.max(1, Math.floor(Math.sqrt(((x1 - x0) * (y1 - y0)) / samplesPerCell)))
  const sample = new Float32Array(Math.ceil((x1 - x0) / step) * Math.ceil((y1 - y0) / step))
  let count = 0
  for (let y = y0; y < y1; y += step)
    for (let x = x0; x < x1; x += step) sample[count++] = pixels[y * width + x] ?? 0
  return sample
}

/**
 * Measures sky and noise on a grid, as Bertin & Arnouts (1996, section 3) do; their mode would be twice as uncertain as
 * the clipped median, and stars do not crowd here.
 */
export const backgroundOf = (pixels: Float32Array, width: number, height: number): Background => {
  const columns = Math.max(1, Math.round(width / cellPixels))
  const rows = Math.max(1, Math.round(height / cellPixels))
  const [cellWidth, cellHeight] = [width / columns, height / rows]
  const levels = new Float32Array(columns * rows)
  const noises = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const [x0, x1] = [Math.floor(column * cellWidth), Math.floor((column + 1) * cellWidth)]
      const [y0, y1] = [Math.floor(row * cellHeight), Math.floor((row + 1) * cellHeight)]
      const { median, sigma } = clipped(sampleOf(pixels, width, [x0, x1, y0, y1]))
      levels[row * columns + column] = median
      noises[row * columns + column] = sigma
    }
  return { columns, rows, cellWidth, cellHeight, levels, noises }
}

/** Between which cells' middles each pixel of an axis lies, and how far it is from the first to the second. */
const steps = (pixels: number, cells: number, cellSize: number) => {
  const first = new Int32Array(pixels)
  const share = new Float32Array(pixels)
  for (let at = 0; at < pixels; at++) {
    const place = Math.min(cells - 1, Math.max(0, (at + 0.5) / cellSize - 0.5))
    first[at] = Math.min(Math.max(0, cells - 2), Math.floor(place))
    share[at] = place - (first[at] ?? 0)
  }
  return { first, share }
}

/** An image without its sky, which is interpolated between the cells in straight lines. */
export const withoutSky = (
  pixels: Float32Array,
  width: number,
  height: number,
  { columns, rows, cellWidth, cellHeight, levels }: Background,
): Float32Array => {
  const flat = new Float32Array(pixels.length)
  const [across, up] = [steps(width, columns, cellWidth), steps(height, rows, cellHeight)]
  const line = new Float32Array(columns)
  for (let y = 0, at = 0; y < height; y++) {
    const below = (up.first[y] ?? 0) * columns
    const above = Math.min(rows - 1, (up.first[y] ?? 0) + 1) * columns
    const high = up.share[y] ?? 0
    for (let column = 0; column < columns; column++) {
      const low = levels[below + column] ?? 0
      line[column] = low + high * ((levels[above + column] ?? 0) - low)
    }
    for (let x = 0; x < width; x++, at++) {
      const column = across.first[x] ?? 0
      const left = line[column] ?? 0
      const right = line[Math.min(columns - 1, column + 1)] ?? 0
      flat[at] = (pixels[at] ?? 0) - left - (across.share[x] ?? 0) * (right - left)
    }
  }
  return flat
}

/** The noise of the cell that a pixel is in. */
export const noiseAt = (
  { columns, rows, cellWidth, cellHeight, noises }: Background,
  x: number,
  y: number,
): number => {
  const column = Math.min(columns - 1, Math.floor(x / cellWidth))
  const row = Math.min(rows - 1, Math.floor(y / cellHeight))
  return noises[row * columns + column] ?? 0
}
