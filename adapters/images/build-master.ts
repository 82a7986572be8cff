import type { MasterJob, MasterMade } from '#commands/images/image-works.ts'
import { clipped, sampled } from '#domain/images/clipped.ts'
import { fitsFile } from '#domain/images/fits.ts'
import type { Card } from '#domain/images/fits-header.ts'
import { combine, noiseOfStack } from '#domain/images/masters/combine.ts'
import { corrected } from '#domain/images/masters/correct.ts'
import { faultOf, placeOf, reading, writeWhole } from './data-files.ts'
import { FrameFile } from './frame-file.ts'

/** So many rows of all frames are in memory at a time. */
const stripRows = 64

type Frame = { readonly imageId: string; readonly file: string; readonly rows: FrameFile }
type Rejected = { readonly imageId: string; readonly why: string }

const isSameSize = (one: FrameFile, other: FrameFile): boolean =>
  one.header.width === other.header.width && one.header.height === other.header.height

/** The frames that can be read and are as large as the first of them. */
const openFrames = (job: MasterJob, dataDir: string, open: DisposableStack) => {
  const frames: Frame[] = []
  const rejected: Rejected[] = []
  for (const { imageId, file } of job.frames)
    try {
      const rows = open.use(reading(file, () => new FrameFile(placeOf(dataDir, file))))
      const [first] = frames
      if (!first || isSameSize(first.rows, rows)) frames.push({ imageId, file, rows })
      else rejected.push({ imageId, why: `${rows.header.width} by ${rows.header.height} pixels` })
    } catch (error) {
      const fault = faultOf(error)
      if (!fault) throw error
      rejected.push({ imageId, why: fault.detail })
    }
  return { frames, rejected }
}

const toolOf = (file: string | undefined, like: FrameFile, dataDir: string, open: DisposableStack) => {
  if (file === undefined) return null
  try {
    const tool = open.use(reading(file, () => new FrameFile(placeOf(dataDir, file))))
    return isSameSize(tool, like) ? tool : null
  } catch (error) {
    if (!faultOf(error)) throw error
    return null
  }
}

type Tools = { readonly bias: FrameFile | null; readonly dark: FrameFile | null }

/** Some rows of a frame without what other masters know of. */
const stripOf = ({ rows }: Frame, job: MasterJob, { bias, dark }: Tools, from: number, count: number) => {
  const exposureS = job.exposureS ?? exposureIn(rows)
  return corrected(rows.rows(from, count), exposureS, {
    bias: bias?.rows(from, count) ?? null,
    dark: dark && job.dark ? { pixels: dark.rows(from, count), exposureS: job.dark.exposureS } : null,
    flat: null,
  })
}

const exposureIn = ({ header }: FrameFile): number => Number(header.values.get('EXPTIME') ?? 0)

/** The level of a frame, by strips all over it: what flats are divided by, as each is of another light. */
const levelOf = (frame: Frame, job: MasterJob, tools: Tools): number => {
  const { height } = frame.rows.header
  const lines = Array.from({ length: Math.min(64, height) }, (_, n) => {
    const line = stripOf(frame, job, tools, Math.floor((n * height) / Math.min(64, height)), 1)
    return sampled(line, 256)
  })
  const all = new Float32Array(lines.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const line of lines) {
    all.set(line, at)
    at += line.length
  }
  return clipped(all).median
}

const scaled = (strip: Float32Array, by: number): Float32Array => {
  if (by !== 1) for (let at = 0; at < strip.length; at++) strip[at] = (strip[at] ?? 0) * by
  return strip
}

const combined = (frames: readonly Frame[], job: MasterJob, tools: Tools, factors: readonly number[]) => {
  const [first] = frames
  const { width, height } = first?.rows.header ?? { width: 0, height: 0 }
  const pixels = new Float32Array(width * height)
  let pixelsRejected = 0
  for (let from = 0; from < height; from += stripRows) {
    const count = Math.min(stripRows, height - from)
    const stack = frames.map((frame, n) => scaled(stripOf(frame, job, tools, from, count), factors[n] ?? 1))
    const strip = combine(stack, noiseOfStack(stack))
    pixels.set(strip.pixels, from * width)
    pixelsRejected += strip.rejected
  }
  return { width, height, pixels, pixelsRejected }
}

const cardsOf = (job: MasterJob, frames: readonly Frame[], tools: Tools): Card[] => [
  { keyword: 'IMAGETYP', value: `master ${job.kind}` },
  ...(job.filter === null ? [] : [{ keyword: 'FILTER', value: job.filter }]),
  ...(job.exposureS === null ? [] : [{ keyword: 'EXPTIME', value: job.exposureS, comment: 's' }]),
  { keyword: 'NCOMBINE', value: frames.length, comment: 'frames' },
  { keyword: 'HISTORY', value: 'Clipped mean of:' },
  ...frames.map(({ imageId, file }) => ({
    keyword: 'HISTORY',
    value: `${imageId} ${file.split('/').at(-1)}`,
  })),
  ...(tools.bias && job.bias ? [{ keyword: 'HISTORY', value: `less bias ${job.bias.id}` }] : []),
  ...(tools.dark && job.dark ? [{ keyword: 'HISTORY', value: `less dark ${job.dark.id}` }] : []),
]

/** Combines frames to a master and writes it. Of a bias nothing is taken off, of a dark the bias, of a flat both. */
export const buildMaster = (dataDir: string, job: MasterJob): MasterMade => {
  using open = new DisposableStack()
  const { frames: opened, rejected: unread } = openFrames(job, dataDir, open)
  const [first] = opened
  if (!first) return { kind: 'not-built', detail: 'none of its frames can be read' }
  const tools = {
    bias: toolOf(job.bias?.file, first.rows, dataDir, open),
    dark: toolOf(job.dark?.file, first.rows, dataDir, open),
  }
  if (job.kind !== 'bias' && !tools.bias)
    return { kind: 'not-built', detail: 'the bias that it needs cannot be read, or is of another size' }
  const levels = opened.map((frame) => (job.kind === 'flat' ? levelOf(frame, job, tools) : 1))
  const frames = opened.filter((_, n) => (levels[n] ?? 0) > 0)
  const factors = levels.filter((level) => level > 0).map((level) => 1 / level)
  const dim = opened.filter((_, n) => !((levels[n] ?? 0) > 0))
  const rejected = [...unread, ...dim.map(({ imageId }) => ({ imageId, why: 'no light above the bias' }))]
  if (frames.length === 0) return { kind: 'not-built', detail: 'none of its frames has any light' }
  const { width, height, pixels, pixelsRejected } = combined(frames, job, tools, factors)
  // A flat's mean is 1, so that correcting with it keeps the counts.
  const raw = clipped(sampled(pixels, 50_000))
  const by = job.kind === 'flat' ? 1 / raw.mean : 1
  const bytes = fitsFile({ width, height, pixels: scaled(pixels, by), cards: cardsOf(job, frames, tools) })
  return {
    kind: 'built',
    ...writeWhole(dataDir, job.output, bytes),
    width,
    height,
    frames: frames.map(({ imageId }) => imageId),
    framesRejected: rejected,
    pixelsRejected,
    mean: raw.mean * by,
    sigma: raw.sigma * by,
    biasId: tools.bias ? (job.bias?.id ?? null) : null,
    darkId: tools.dark ? (job.dark?.id ?? null) : null,
  }
}
