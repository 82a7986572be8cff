/** The parts of a stream's metadata that change what a reader sees. */
export type StreamMetadata = {
  truncateBefore: number
  maxCount: number
  maxAgeMs: number
  deleted: boolean
}

export const noMetadata: StreamMetadata = {
  truncateBefore: 0,
  maxCount: Number.POSITIVE_INFINITY,
  maxAgeMs: Number.POSITIVE_INFINITY,
  deleted: false,
}

/** A metadata stream shows only its last event. */
export const metadataOfMetadata: StreamMetadata = { ...noMetadata, maxCount: 1 }

/** `$tb` of a deleted stream is 2^63 - 1, which JSON.parse rounds to 2^63. */
const deletedMark = 2 ** 63

/** What a delete writes. As text: no number of JavaScript holds 2^63 - 1. */
export const deletingMetadata = Buffer.from('{"$tb":9223372036854775807}')

const integerKeys = ['$maxCount', '$maxAge', '$tb', '$cacheControl'] as const

export const parseMetadata = (data: Buffer): StreamMetadata => {
  const parsed = parseObject(data)
  if (!parsed) return noMetadata
  // One value of the wrong type makes the real server ignore all of it.
  if (integerKeys.some((key) => parsed[key] !== undefined && !Number.isInteger(parsed[key])))
    return noMetadata
  const positive = (key: string, unit: number): number => {
    const value = Number(parsed[key] ?? 0)
    return value > 0 ? value * unit : Number.POSITIVE_INFINITY
  }
  const truncateBefore = Math.max(0, Number(parsed['$tb'] ?? 0))
  return {
    truncateBefore,
    maxCount: positive('$maxCount', 1),
    maxAgeMs: positive('$maxAge', 1000),
    deleted: truncateBefore >= deletedMark,
  }
}

/** The same metadata with another `$tb`; what cannot be read is replaced. */
export const withTruncateBefore = (data: Buffer, revision: number): Buffer =>
  Buffer.from(JSON.stringify({ ...parseObject(data), $tb: revision }))

const parseObject = (data: Buffer): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}
