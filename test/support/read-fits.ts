const block = 2880

/** A strict reader of its own for simple FITS images, by the letter of the standard; throws on any deviation. */
export const readFits = (file: Uint8Array) => {
  if (file.length % block !== 0) throw new Error(`${file.length} bytes are no whole number of blocks`)
  const cards = new Map<string, string | number | boolean>()
  const text = new TextDecoder('latin1')
  let at = 0
  for (; ; at += 80) {
    if (at >= file.length) throw new Error('no END')
    const line = text.decode(file.subarray(at, at + 80))
    if (/[^\x20-\x7e]/.test(line)) throw new Error(`no printable ASCII: ${line}`)
    if (line === 'END'.padEnd(80)) break
    if (line.slice(8, 10) !== '= ') throw new Error(`no value: ${line}`)
    cards.set(line.slice(0, 8).trimEnd(), valueIn(line.slice(10)))
  }
  const dataAt = Math.ceil((at + 80) / block) * block
  const filling = text.decode(file.subarray(at + 80, dataAt))
  if (filling.trim() !== '') throw new Error('something behind END')
  const [width, height] = [Number(cards.get('NAXIS1')), Number(cards.get('NAXIS2'))]
  const expected = dataAt + Math.ceil((width * height * 2) / block) * block
  if (file.length !== expected) throw new Error(`${file.length} bytes, not ${expected}`)
  const view = new DataView(file.buffer, file.byteOffset + dataAt)
  const pixels = Array.from(
    { length: width * height },
    (_, index) => view.getInt16(index * 2) * Number(cards.get('BSCALE')) + Number(cards.get('BZERO')),
  )
  return { cards, keywords: [...cards.keys()], width, height, pixels, data: file.subarray(dataAt) }
}

const valueIn = (field: string): string | number | boolean => {
  const string = /^'((?:[^']|'')*)' *(?:\/.*)?$/.exec(field)
  if (string) return (string[1] ?? '').replaceAll("''", "'").trimEnd()
  const fixed = field.slice(0, 20)
  if (/^ {19}[TF]$/.test(fixed)) return fixed.endsWith('T')
  if (!/^ *[+-]?\d+(\.\d+)?(E[+-]?\d+)?$/.test(fixed)) throw new Error(`no value in fixed format: ${field}`)
  return Number(fixed)
}

/** The 1's complement sum over 32-bit words, done with whole numbers. */
export const onesComplementSum = (bytes: Uint8Array): bigint => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let sum = 0n
  for (let at = 0; at < bytes.length; at += 4) {
    sum += BigInt(view.getUint32(at))
    if (sum > 0xffffffffn) sum = (sum & 0xffffffffn) + 1n
  }
  return sum
}
