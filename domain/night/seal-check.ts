import { algorithm, byStream, eventHash, markOf, rootOf, type StoredEvent } from './hash-chain.ts'
import { NightHash } from './night-hash.ts'
import { unpacked } from './pages.ts'
import type { Seal } from './seal.ts'

/** One event that is not as the seal has it. A missing one is known by its place only. */
export type Difference = {
  readonly kind: 'changed' | 'missing' | 'added'
  readonly stream: string
  readonly revision: number
  readonly id: string | null
  readonly type: string | null
}

export type SealCheck = {
  /** `intact`: all of it and nothing else. `late`: all of it, and events that came after. */
  readonly outcome: 'intact' | 'late' | 'differs'
  readonly rootHash: string
  readonly sealedCount: number
  readonly changed: number
  readonly missing: number
  readonly added: number
  /** The first in the streams' order of names, then by revision; one that came after the seal only if nothing else differs. */
  readonly first: Difference | null
  /** What is wrong with the seal itself. */
  readonly sealFault: string | null
}

type Expected = { readonly revision: number; readonly mark: string }

const expectedOf = ({ runs }: Seal): Map<string, Expected[]> => {
  const expected = new Map<string, Expected[]>()
  for (const run of runs) {
    const known = expected.get(run.stream) ?? []
    expected.set(run.stream, known)
    for (const [i, mark] of unpacked(run).entries()) known.push({ revision: run.firstRevision + i, mark })
  }
  return expected
}

/** A seal that does not agree with itself proves nothing about the events. */
const faultOf = (
  { sealed, runs }: Seal,
  expected: ReadonlyMap<string, readonly Expected[]>,
): string | null => {
  if (sealed.algorithm !== algorithm)
    return `it was made with ${sealed.algorithm}; this program knows ${algorithm}`
  if (rootOf(sealed.site, sealed.night, sealed.streams) !== sealed.rootHash)
    return 'its root hash does not follow from its own list of streams'
  const lost = sealed.streams.find(({ stream, count }) => expected.get(stream)?.length !== count)
  if (lost) return `its marks for ${lost.stream} are not the ${lost.count} it counts`
  return runs.length > 0 && expected.size !== sealed.streams.length
    ? 'it has marks of streams it does not list'
    : null
}

/** Compares a night's events, as they pass by in log order, with its seal. */
export class SealComparison {
  readonly #seal: Seal
  readonly #expected: Map<string, Expected[]>
  readonly #reached = new Map<string, number>()
  readonly #hash = new NightHash()
  readonly #counts = { changed: 0, missing: 0, added: 0 }
  #first: Difference | null = null
  #firstAdded: Difference | null = null

  constructor(seal: Seal) {
    this.#seal = seal
    this.#expected = expectedOf(seal)
  }

  add(event: StoredEvent, hash: Buffer = eventHash(event)): void {
    const { id, type, stream } = event
    const revision = Number(event.revision)
    this.#skipTo(stream, revision)
    const at = this.#reached.get(stream) ?? 0
    const expected = this.#expected.get(stream)?.[at]
    const difference = { stream, revision, id, type }
    if (expected?.revision !== revision) {
      this.#counts.added += 1
      this.#firstAdded ??= { kind: 'added', ...difference }
      return
    }
    this.#reached.set(stream, at + 1)
    this.#hash.add(event, hash)
    if (expected.mark !== markOf(hash)) this.#note({ kind: 'changed', ...difference })
  }

  result(): SealCheck {
    for (const stream of this.#expected.keys()) this.#skipTo(stream, Number.POSITIVE_INFINITY)
    const { changed, missing, added } = this.#counts
    const { sealed } = this.#seal
    const sealFault = faultOf(this.#seal, this.#expected) ?? this.#chainFault(changed + missing)
    const differs = changed + missing > 0 || sealFault !== null
    return {
      outcome: differs ? 'differs' : added > 0 ? 'late' : 'intact',
      rootHash: sealed.rootHash,
      sealedCount: sealed.count,
      changed,
      missing,
      added,
      first: this.#first ?? (sealFault === null ? this.#firstAdded : null),
      sealFault,
    }
  }

  /** What the seal has before `revision` and did not pass by is missing. */
  #skipTo(stream: string, revision: number): void {
    const expected = this.#expected.get(stream)
    if (!expected) return
    let at = this.#reached.get(stream) ?? 0
    for (; at < expected.length; at++) {
      const next = expected[at]
      if (!next || next.revision >= revision) break
      this.#note({ kind: 'missing', stream, revision: next.revision, id: null, type: null })
    }
    this.#reached.set(stream, at)
  }

  #note(difference: Difference & { readonly kind: 'changed' | 'missing' }): void {
    this.#counts[difference.kind] += 1
    const earlier = this.#first
    const order = earlier ? byStream(difference, earlier) || difference.revision - earlier.revision : -1
    if (order < 0) this.#first = difference
  }

  /** Every mark agrees and a chain does not: then the marks were made to agree. */
  #chainFault(differences: number): string | null {
    if (differences > 0) return null
    const { site, night, rootHash } = this.#seal.sealed
    const found = rootOf(site, night, this.#hash.streams())
    return found === rootHash
      ? null
      : `the events give the root hash ${found}, though each agrees with its mark`
  }
}
