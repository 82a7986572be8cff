import type { QuantityName } from './events.ts'
import type { Quantities } from './state.ts'

/** A word of `global_status`, and the quantities whose samples call for it. */
export type StatusWord = readonly [word: string, quantities: readonly QuantityName[]]

/**
 * The worst hazard that is known now, without delays; `words` come worst first. A known hazard goes before UNKNOWN, as it
 * says more; the verdict, not this word, decides about the roof.
 */
export const globalStatus = (quantities: Quantities, words: readonly StatusWord[]): string => {
  const breached = words.find(([, names]) =>
    names.some((name) => (quantities[name]?.breachedSince ?? null) !== null),
  )
  if (breached) return breached[0]
  const unknown = words.some(([, names]) => names.some((name) => quantities[name]?.state === 'unknown'))
  return unknown ? 'UNKNOWN' : 'OK'
}
