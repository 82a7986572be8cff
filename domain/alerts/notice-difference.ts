import { canonicalJson } from '#domain/shared/canonical-json.ts'
import { sha256 } from '#domain/shared/hash.ts'
import type { Notice } from './notice.ts'

/** The same for two notices that say the same, whatever their blanks, their order of attributes or their broker. */
export const contentHashOf = (notice: Notice): string => sha256(canonicalJson(notice)).toString('hex')

type Difference = { readonly path: string; readonly first: string; readonly other: string }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const longest = 200

const shown = (value: unknown): string => (canonicalJson(value) ?? 'nothing').slice(0, longest)

const differences = (path: string, first: unknown, other: unknown): Difference[] => {
  if (isObject(first) && isObject(other)) {
    const keys = [...new Set([...Object.keys(first), ...Object.keys(other)])].sort()
    return keys.flatMap((key) => differences(path ? `${path}.${key}` : key, first[key], other[key]))
  }
  const [was, is] = [shown(first), shown(other)]
  return was === is ? [] : [{ path, first: was, other: is }]
}

/** Where two notices differ, path by path; lists count as one. */
export const noticeDifferences = (first: Notice, other: Notice): Difference[] => differences('', first, other)
