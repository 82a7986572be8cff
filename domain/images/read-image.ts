import { blockLength, cardLength } from './fits-header.ts'

/** A file that is no simple 16-bit FITS image. */
export class NotAnImage extends Error {
  constructor(why: string) {
    super(`this is no 16-bit FITS image: ${why}`)
    this.name = 'NotAnImage'
  }
}

export type Picture = { readonly width: number; readonly height: number; readonly pixels: Float32Array }

const headerOf = (file: Uint8Array): { values: ReadonlyMap<string, string>; length: number } => {
  const values = new Map<string, string>()
  const text = new TextDecoder('latin1')
  for (let at = 0; at + cardLength <= file.length; at += cardLength) {
    const line = text.decode(file.subarray(at, at + cardLength))
    if (line.startsWith('END '))
      return { values, length: Math.ceil((at + cardLength) / blockLength) * blockLength }
    if (line.slice(8, 10) === '= ') values.set(line.slice(0, 8).trimEnd(), line.slice(10).split('/')[0] ?? '')
  }
  throw new NotAnImage('its header has no end')
}

/** Reads a FITS image's pixels, row by row from the bottom; throws {@link NotAnImage}. */
export const readImage = (file: Uint8Array): Picture => {
  const { values, length } = headerOf(file)
  const number = (keyword: string, byDefault: number) => Number(values.get(keyword)?.trim() ?? byDefault)
  const [width, height] = [number('NAXIS1', 0), number('NAXIS2', 0)]
  if (number('BITPIX', 0) !== 16) throw new NotAnImage('BITPIX is not 16')
  if (!(width > 0 && height > 0)) throw new NotAnImage('it has no two axes')
  if (file.length < length + width * height * 2) throw new NotAnImage('it is cut short')
  const [scale, zero] = [number('BSCALE', 1), number('BZERO', 0)]
  const view = new DataView(file.buffer, file.byteOffset + length)
  const pixels = Float32Array.from(
    { length: width * height },
    (_, index) => view.getInt16(index * 2) * scale + zero,
  )
  return { width, height, pixels }
}
