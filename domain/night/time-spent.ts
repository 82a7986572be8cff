import type { QuantityName } from '#domain/environment/events.ts'
import { epochMsOf, instantOf } from '#domain/shared/time.ts'
import type { Held, NightReport, SpentS } from './report-schema.ts'
import type { RoofHours } from './roof-hours.ts'
import type { Stretch } from './standing.ts'

const nothing = (): SpentS => ({ safe: 0, warn: 0, unsafe: 0, unknown: 0, unwatched: 0 })
const isClosed = (state: Held): boolean => state !== 'safe' && state !== 'warn'

type Lost = { unsafeS: number; unknownS: number; aloneS: number }
type Span = { state: Held; fromMs: number; toMs: number }

/** More changes of state in a night than this are counted and not listed. */
const mostSpans = 1_000

/** How the night was spent, by verdict, and in the roof's hours by what kept it closed. */
export class TimeSpent {
  readonly #roof: { fromMs: number; toMs: number } | null
  readonly #all = nothing()
  readonly #inRoofHours = nothing()
  readonly #lost = new Map<QuantityName, Lost>()
  readonly #spans: Span[] = []
  #last: Span | null = null
  #omitted = 0
  #judged: Held | null = null
  #changes = 0

  constructor(roof: RoofHours | null) {
    this.#roof = roof && { fromMs: epochMsOf(roof.from), toMs: epochMsOf(roof.to) }
  }

  add(stretch: Stretch): void {
    const { fromMs, toMs, state } = stretch
    if (toMs <= fromMs) return
    this.#all[state] += (toMs - fromMs) / 1000
    this.#span(stretch)
    const inRoofMs = this.#roof ? Math.min(toMs, this.#roof.toMs) - Math.max(fromMs, this.#roof.fromMs) : 0
    if (inRoofMs <= 0) return
    this.#inRoofHours[state] += inRoofMs / 1000
    if (isClosed(state)) this.#lose(stretch, inRoofMs / 1000)
  }

  #lose({ quantities }: Stretch, s: number): void {
    const closing = [...quantities].filter(([, state]) => state === 'unsafe' || state === 'unknown')
    for (const [quantity, state] of closing) {
      const lost = this.#lost.get(quantity) ?? { unsafeS: 0, unknownS: 0, aloneS: 0 }
      this.#lost.set(quantity, lost)
      if (state === 'unsafe') lost.unsafeS += s
      else lost.unknownS += s
      if (closing.length === 1) lost.aloneS += s
    }
  }

  #span({ fromMs, toMs, state }: Stretch): void {
    if (this.#last?.state === state && this.#last.toMs === fromMs) {
      this.#last.toMs = toMs
      return
    }
    if (state !== 'unwatched') {
      if (this.#judged !== null && this.#judged !== state) this.#changes += 1
      this.#judged = state
    }
    this.#last = { state, fromMs, toMs }
    if (this.#spans.length < mostSpans) this.#spans.push(this.#last)
    else this.#omitted += 1
  }

  get spentS(): SpentS {
    return rounded(this.#all)
  }

  get verdicts(): NightReport['verdicts'] {
    return {
      changes: this.#changes,
      spans: this.#spans.map(({ state, fromMs, toMs }) => ({
        state,
        from: instantOf(fromMs),
        to: instantOf(toMs),
      })),
      omitted: this.#omitted,
    }
  }

  /** The hours so far; what nobody watched of them, before the first poll too, is lost. */
  roof(asOfMs: number, wasOpenS: number | null = null): NightReport['roof'] {
    if (!this.#roof) return null
    const { fromMs, toMs } = this.#roof
    const passedS = Math.max(0, Math.min(toMs, asOfMs) - fromMs) / 1000
    const { safe, warn, unsafe, unknown } = this.#inRoofHours
    const unwatched = Math.max(0, passedS - safe - warn - unsafe - unknown)
    const spentS = rounded({ safe, warn, unsafe, unknown, unwatched })
    return {
      from: instantOf(fromMs),
      to: instantOf(toMs),
      passedS: tenths(passedS),
      couldOpenS: tenths(safe + warn),
      lostS: tenths(unsafe + unknown + unwatched),
      wasOpenS,
      spentS,
      lostTo: [...this.#lost]
        .map(([quantity, { unsafeS, unknownS, aloneS }]) => ({
          quantity,
          unsafeS: tenths(unsafeS),
          unknownS: tenths(unknownS),
          aloneS: tenths(aloneS),
        }))
        .sort((a, b) => b.unsafeS + b.unknownS - a.unsafeS - a.unknownS),
    }
  }
}

const tenths = (s: number): number => Math.round(s * 10) / 10

const rounded = ({ safe, warn, unsafe, unknown, unwatched }: SpentS): SpentS => ({
  safe: tenths(safe),
  warn: tenths(warn),
  unsafe: tenths(unsafe),
  unknown: tenths(unknown),
  unwatched: tenths(unwatched),
})
