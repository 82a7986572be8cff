/** A binary table of a FITS file. Standard 4.0, sections 3, 4 and 7.3. */
export type FitsTable = {
  readonly rows: number
  /** Reads a column of single numbers by row; null where there is none of that name. */
  column(name: string): ((row: number) => number) | null
}

const blockBytes = 2880
const cardBytes = 80
/** No header of a sky map has so many cards. */
const mostCards = 2_000

type Header = { readonly cards: ReadonlyMap<string, string>; readonly end: number }

const padded = (bytes: number): number => Math.ceil(bytes / blockBytes) * blockBytes

const valueIn = (card: string): string => {
  const value = card.slice(10)
  const quoted = /^\s*'((?:[^']|'')*)'/.exec(value)?.[1]
  return (quoted ?? value.split('/')[0] ?? '').trim()
}

const headerAt = (bytes: Uint8Array, start: number): Header | null => {
  const cards = new Map<string, string>()
  for (let at = start; at + cardBytes <= bytes.length && cards.size < mostCards; at += cardBytes) {
    const card = Buffer.from(bytes.subarray(at, at + cardBytes)).toString('latin1')
    const key = card.slice(0, 8).trim()
    if (key === 'END') return { cards, end: start + padded(at + cardBytes - start) }
    if (card.startsWith('= ', 8)) cards.set(key, valueIn(card))
  }
  return null
}

const countIn = ({ cards }: Header, key: string): number => {
  const count = Number(cards.get(key) ?? 0)
  return Number.isSafeInteger(count) && count >= 0 ? count : 0
}

const dataBytes = (header: Header): number => {
  const axes = countIn(header, 'NAXIS')
  if (axes === 0) return 0
  let items = 1
  for (let axis = 1; axis <= axes && axis <= 9; axis++) items *= countIn(header, `NAXIS${axis}`)
  const itemBytes = Math.abs(Number(header.cards.get('BITPIX') ?? 8)) / 8
  return itemBytes * (items + countIn(header, 'PCOUNT'))
}

const widths: Readonly<Record<string, number>> = {
  L: 1,
  B: 1,
  A: 1,
  I: 2,
  J: 4,
  K: 8,
  E: 4,
  D: 8,
  C: 8,
  M: 16,
  P: 8,
  Q: 16,
}

type Column = {
  readonly name: string
  readonly kind: string
  readonly count: number
  readonly offset: number
}

const columnsOf = (header: Header): Column[] => {
  const columns: Column[] = []
  let offset = 0
  for (let n = 1; n <= Math.min(countIn(header, 'TFIELDS'), 999); n++) {
    const [, repeat = '', kind = ''] = /^(\d*)([A-Z])/.exec(header.cards.get(`TFORM${n}`) ?? '') ?? []
    const count = repeat === '' ? 1 : Number(repeat)
    columns.push({ name: header.cards.get(`TTYPE${n}`) ?? '', kind, count, offset })
    offset += count * (widths[kind] ?? 0)
  }
  return columns
}

const readers: Readonly<Record<string, (data: DataView, at: number) => number>> = {
  I: (data, at) => data.getInt16(at),
  J: (data, at) => data.getInt32(at),
  K: (data, at) => Number(data.getBigInt64(at)),
  E: (data, at) => data.getFloat32(at),
  D: (data, at) => data.getFloat64(at),
}

const tableAt = (bytes: Uint8Array, header: Header): FitsTable => {
  const rowBytes = countIn(header, 'NAXIS1')
  const there = Math.max(0, bytes.length - header.end)
  const rows = rowBytes === 0 ? 0 : Math.min(countIn(header, 'NAXIS2'), Math.floor(there / rowBytes))
  const data = new DataView(bytes.buffer, bytes.byteOffset + header.end, rows * rowBytes)
  const columns = columnsOf(header)
  return {
    rows,
    column: (wanted) => {
      const found = columns.find(({ name }) => name === wanted)
      const read = readers[found?.kind ?? '']
      const width = widths[found?.kind ?? ''] ?? 0
      if (!found || !read || found.count !== 1 || found.offset + width > rowBytes) return null
      return (row) => read(data, row * rowBytes + found.offset)
    },
  }
}

/** The first binary table; null where there is none. A file that is cut off has the rows that are whole. */
export const firstTable = (bytes: Uint8Array): FitsTable | null => {
  for (let at = 0; at < bytes.length; ) {
    const header = headerAt(bytes, at)
    if (!header) return null
    if (header.cards.get('XTENSION') === 'BINTABLE') return tableAt(bytes, header)
    at = header.end + padded(dataBytes(header))
  }
  return null
}
