/** The 1's complement sum of 32-bit words, as the FITS checksum convention has it. The length is a multiple of four. */
export const checksumOf = (bytes: Uint8Array, before = 0): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let [high, low] = [before >>> 16, before & 0xffff]
  for (let at = 0; at < bytes.length; at += 4) {
    high += view.getUint16(at)
    low += view.getUint16(at + 2)
  }
  while (high > 0xffff || low > 0xffff) {
    const [carryHigh, carryLow] = [Math.floor(high / 0x10000), Math.floor(low / 0x10000)]
    high = (high % 0x10000) + carryLow
    low = (low % 0x10000) + carryHigh
  }
  return (high * 0x10000 + low) >>> 0
}

const isPunctuation = (code: number) => (code >= 0x3a && code <= 0x40) || (code >= 0x5b && code <= 0x60)

/** Four characters for one byte, letters and digits only, that add up to it above four zeros. */
const encodedByte = (byte: number): number[] => {
  const quarter = (byte >> 2) + 0x30
  const codes = [quarter + (byte & 3), quarter, quarter, quarter]
  for (const [one, other] of [
    [0, 1],
    [2, 3],
  ] as const)
    while (isPunctuation(codes[one] ?? 0) || isPunctuation(codes[other] ?? 0)) {
      codes[one] = (codes[one] ?? 0) + 1
      codes[other] = (codes[other] ?? 0) - 1
    }
  return codes
}

/** The sixteen characters of CHECKSUM that bring a header-data unit's sum to minus zero. */
export const checksumText = (sum: number): string => {
  const complement = ~sum >>> 0
  const bytes = [24, 16, 8, 0].map((shift) => encodedByte((complement >>> shift) & 0xff))
  const codes = [0, 1, 2, 3].flatMap((row) => bytes.map((four) => four[row] ?? 0))
  const last = codes.pop() ?? 0
  return String.fromCharCode(last, ...codes)
}
