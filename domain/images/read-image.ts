import { blockLength, cardLength } from './fits-header.ts'

/** A file that is no simple FITS image of 16-bit or floating-point numbers. */
export class NotAnImage extends Error {
  constructor(why: string) {
    super(`this is no FITS image of 16-bit or 32-bit floating-point numbers: ${why}`)
    this.name = 'NotAnImage'
  }
}

/** What a header says of the array behind it, and its values as they stand there. */
export type ImageHeader = {
  readonly width: number
  readonly height: number
  readonly bitpix: 16 | -32
  readonly scale: number
  readonly zero: number
  readonly values: ReadonlyMap<string, string>
  /** Where the array begins. */
  readonly length: number
}

export type Picture = {
  readonly width: number
  readonly height: number
  readonly pixels: Float32Array
  readonly header: ImageHeader
}

const cardsIn = (file: Uint8Array): { values: ReadonlyMap<string, string>; length: number } | null => {
  const values = new Map<string, string>()
  const text = new TextDecoder('latin1')
  for (let at = 0; at + cardLength <= file.length; at += cardLength) {
    const line = text.decode(file.subarray(at, at + cardLength))
    if (line.startsWith('END '))
      return { values, length: Math.ceil((at + cardLength) / blockLength) * blockLength }
    if (line.slice(8, 10) === '= ') values.set(line.slice(0, 8).trimEnd(), line.slice(10).split('/')[0] ?? '')
  }
  return null
}

/** The header at the beginning of a file; null where these bytes do not reach its end. Throws {@link NotAnImage}. */
export const readHeader = (beginning: Uint8Array): ImageHeader | null => {
  const cards = cardsIn(beginning)
  if (!cards) return null
  const number = (keyword: string, byDefault: number) =>
    Number(cards.values.get(keyword)?.trim() ?? byDefault)
  const [width, height, bitpix] = [number('NAXIS1', 0), number('NAXIS2', 0), number('BITPIX', 0)]
  if (bitpix !== 16 && bitpix !== -32) throw new NotAnImage('BITPIX is neither 16 nor -32')
  if (!(width > 0 && height > 0)) throw new NotAnImage('it has no two axes')
  return { width, height, bitpix, scale: number('BSCALE', 1), zero: number('BZERO', 0), ...cards }
}

export const bytesPerPixel = ({ bitpix }: ImageHeader): number => Math.abs(bitpix) / 8

/** Bytes of an array as numbers, as many as fit. */
export const pixelsFrom = (bytes: Uint8Array, header: ImageHeader): Float32Array => {
  const { bitpix, scale, zero } = header
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pixels = new Float32Array(Math.floor(bytes.length / bytesPerPixel(header)))
  // Counted loops: a callback for each pixel takes five times as long.
  if (bitpix === 16)
    for (let at = 0; at < pixels.length; at++) pixels[at] = view.getInt16(at * 2) * scale + zero
  else for (let at = 0; at < pixels.length; at++) pixels[at] = view.getFloat32(at * 4) * scale + zero
  return pixels
}

/** Reads a FITS image's pixels, row by row from the bottom; throws {@link NotAnImage}. */
export const readImage = (file: Uint8Array): Picture => {
  const header = readHeader(file)
  if (!header) throw new NotAnImage('its header has no end')
  const { width, height, length } = header
  const end = length + width * height * bytesPerPixel(header)
  if (file.length < end) throw new NotAnImage('it is cut short')
  return { width, height, pixels: pixelsFrom(file.subarray(length, end), header), header }
}
