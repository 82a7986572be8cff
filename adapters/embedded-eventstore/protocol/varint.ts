/** The revision of a tombstone, 2^63 - 1 on the wire. As a double it can only be held as 2^63. */
export const tombstoneRevision = 2 ** 63

const uint64Max = 2 ** 64

export const varintLength = (value: number): number => {
  if (value < 0x80) return 1
  if (value < 0x4000) return 2
  if (value < 0x200000) return 3
  if (value < 0x10000000) return 4
  let length = 5
  for (let rest = value / 2 ** 35; rest >= 1 && length < 9; rest /= 0x80) length++
  return value >= uint64Max ? 10 : length
}

const putOnes = (target: Uint8Array, at: number, length: number, last: number): number => {
  target.fill(0xff, at, at + length - 1)
  target[at + length - 1] = last
  return at + length
}

/** Writes a whole number from 0 to 2^64 - 1 and returns the offset behind it. */
export const putVarint = (target: Uint8Array, at: number, value: number): number => {
  if (value === tombstoneRevision) return putOnes(target, at, 9, 0x7f)
  if (value >= uint64Max) return putOnes(target, at, 10, 0x01)
  let rest = value
  let offset = at
  while (rest > 0x7fffffff) {
    target[offset++] = (rest % 0x80) | 0x80
    rest = Math.floor(rest / 0x80)
  }
  while (rest >= 0x80) {
    target[offset++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  target[offset++] = rest
  return offset
}
