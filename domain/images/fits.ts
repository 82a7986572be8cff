import { checksumOf, checksumText } from './fits-checksum.ts'
import { blockLength, type Card, headerBytes } from './fits-header.ts'

export type FitsImage = {
  readonly width: number
  readonly height: number
  /** Row by row from the bottom: 0 to 65535, or 32-bit floating point for what was computed. */
  readonly pixels: Uint16Array | Float32Array
  /** Beside those that describe the array itself. */
  readonly cards: readonly Card[]
}

/** What added to a signed 16-bit number makes it an unsigned one. */
const zero = 32_768

const dataBytes = (pixels: FitsImage['pixels']): Uint8Array => {
  const length = pixels.length * pixels.BYTES_PER_ELEMENT
  const bytes = new Uint8Array(Math.ceil(length / blockLength) * blockLength)
  const view = new DataView(bytes.buffer)
  if (pixels instanceof Float32Array)
    for (let at = 0; at < pixels.length; at++) view.setFloat32(at * 4, pixels[at] ?? 0)
  else for (let at = 0; at < pixels.length; at++) view.setInt16(at * 2, (pixels[at] ?? 0) - zero)
  return bytes
}

const unsigned: readonly Card[] = [
  { keyword: 'BSCALE', value: 1 },
  { keyword: 'BZERO', value: zero, comment: 'unsigned 16-bit numbers' },
]

const structure = ({ width, height, pixels }: FitsImage): Card[] => [
  { keyword: 'SIMPLE', value: true, comment: 'FITS standard 4.0' },
  { keyword: 'BITPIX', value: pixels instanceof Float32Array ? -32 : 16 },
  { keyword: 'NAXIS', value: 2 },
  { keyword: 'NAXIS1', value: width },
  { keyword: 'NAXIS2', value: height },
  ...(pixels instanceof Float32Array ? [] : unsigned),
]

/** An image as a FITS file: one header-data unit, with the sums by which damage is found. */
export const fitsFile = (image: FitsImage): Uint8Array => {
  const { width, height, pixels, cards } = image
  if (pixels.length !== width * height)
    throw new RangeError(`${pixels.length} pixels are not ${width} times ${height}`)
  const data = dataBytes(pixels)
  const dataSum = checksumOf(data)
  const header = (checksum: string) =>
    headerBytes([
      ...structure(image),
      ...cards,
      { keyword: 'CHECKSUM', value: checksum, comment: 'of header and data' },
      { keyword: 'DATASUM', value: `${dataSum}`, comment: 'of the data' },
    ])
  const sum = checksumOf(header('0'.repeat(16)), dataSum)
  const head = header(checksumText(sum))
  const file = new Uint8Array(head.length + data.length)
  file.set(head)
  file.set(data, head.length)
  return file
}
