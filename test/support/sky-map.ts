const card = (key: string, value: string | number): string =>
  `${key.padEnd(8)}= ${(typeof value === 'number' ? `${value}`.padStart(20) : `'${value}'`).padEnd(70)}`

const header = (cards: readonly string[]): Uint8Array => {
  const text = [...cards, 'END'.padEnd(80)].join('')
  return new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 2880) * 2880))
}

const primary = header([
  `${'SIMPLE'.padEnd(8)}= ${'T'.padStart(20).padEnd(70)}`,
  card('BITPIX', 8),
  card('NAXIS', 0),
])

export type MapRow = { readonly order: number; readonly pixel: number; readonly probability: number }

const steradiansOf = (order: number): number => (4 * Math.PI) / (12 * 4 ** order)

/** A multi-order sky map as LIGO sends it: UNIQ and PROBDENSITY, and a column between them that nobody here reads. */
export const skyMapFits = (rows: readonly MapRow[], columns = ['UNIQ', 'DISTMU', 'PROBDENSITY']): Buffer => {
  const table = header([
    card('XTENSION', 'BINTABLE'),
    card('BITPIX', 8),
    card('NAXIS', 2),
    card('NAXIS1', 24),
    card('NAXIS2', rows.length),
    card('PCOUNT', 0),
    card('GCOUNT', 1),
    card('TFIELDS', 3),
    ...columns.flatMap((name, n) => [
      card(`TTYPE${n + 1}`, name),
      card(`TFORM${n + 1}`, n === 0 ? 'K' : 'D'),
    ]),
    card('PIXTYPE', 'HEALPIX'),
    card('ORDERING', 'NUNIQ'),
  ])
  const data = Buffer.alloc(Math.ceil((rows.length * 24) / 2880) * 2880)
  for (const [n, { order, pixel, probability }] of rows.entries()) {
    data.writeBigInt64BE(4n * 4n ** BigInt(order) + BigInt(pixel), n * 24)
    data.writeDoubleBE(123.4, n * 24 + 8)
    data.writeDoubleBE(probability / steradiansOf(order), n * 24 + 16)
  }
  return Buffer.concat([primary, table, data])
}
