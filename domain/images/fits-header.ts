/** One line of a header. The order is the file's. */
export type Card = {
  /** Eight characters at the most: capitals, digits, - and _. */
  readonly keyword: string
  readonly value: string | number | boolean
  readonly comment?: string
}

export const cardLength = 80
export const blockLength = 2880

/** FITS headers are printable ASCII; anything else becomes a question mark. */
const ascii = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?')

const number = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`a FITS header has no word for ${value}`)
  // Twenty columns: ten digits are more than any of our quantities has.
  return Number.isInteger(value) ? `${value}` : `${Number(value.toPrecision(12))}`.toUpperCase()
}

const quoted = (value: string): string => {
  const text = ascii(value).slice(0, 66).replaceAll("'", "''")
  return `'${text.padEnd(8)}'`
}

const shown = (value: Card['value']): string => {
  if (typeof value === 'string') return quoted(value).padEnd(20)
  return (typeof value === 'boolean' ? (value ? 'T' : 'F') : number(value)).padStart(20)
}

/** A card in fixed format (FITS standard 4.0, section 4.2); HISTORY and COMMENT are text alone (section 4.4.2.4). */
export const cardText = ({ keyword, value, comment }: Card): string => {
  if (!/^[A-Z0-9_-]{1,8}$/.test(keyword)) throw new RangeError(`${keyword} is no FITS keyword`)
  if (keyword === 'HISTORY' || keyword === 'COMMENT')
    return `${keyword.padEnd(8)}${ascii(`${value}`)}`.slice(0, cardLength).padEnd(cardLength)
  const line = `${keyword.padEnd(8)}= ${shown(value)}${comment ? ` / ${ascii(comment)}` : ''}`
  return line.slice(0, cardLength).padEnd(cardLength)
}

/** A header with its END, filled with blanks to whole blocks. */
export const headerBytes = (cards: readonly Card[]): Uint8Array => {
  const text = `${cards.map(cardText).join('')}${'END'.padEnd(cardLength)}`
  return new TextEncoder().encode(text.padEnd(Math.ceil(text.length / blockLength) * blockLength))
}
