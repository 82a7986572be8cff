import type { EnvironmentAssessed, QuantityName } from '#domain/environment/events.ts'
import { epochMsOf, type Instant, instantOf } from '#domain/shared/time.ts'
import type { NightReport } from './report-schema.ts'

/** What is drawn through the night. */
export const drawn = [
  'wind',
  'rain',
  'humidity',
  'temperature',
  'skyTemperature',
] as const satisfies QuantityName[]

type Bin = { min: number; max: number; sum: number; n: number }
type Track = { unit: string; limit: number | null; bins: (Bin | undefined)[] }

const binMs = 60_000
const stepsS = [60, 120, 300, 600] as const
const mostSteps = 300

const thousandths = (value: number): number => Math.round(value * 1000) / 1000

const merged = (bins: readonly (Bin | undefined)[]): Bin | undefined =>
  bins.reduce(
    (a, b) =>
      a && b
        ? { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), sum: a.sum + b.sum, n: a.n + b.n }
        : (a ?? b),
    undefined,
  )

/** The night's curves, a minute a step and never more than a day of them; coarser when shown. */
export class Timeline {
  readonly #beginsMs: number
  readonly #bins: number
  readonly #tracks = new Map<QuantityName, Track>()
  #first = Number.POSITIVE_INFINITY
  #last = 0

  constructor(begins: Instant, ends: Instant) {
    this.#beginsMs = epochMsOf(begins)
    this.#bins = Math.ceil((epochMsOf(ends) - this.#beginsMs) / binMs)
  }

  add({ quantities }: EnvironmentAssessed['data'], at: Instant): void {
    const index = Math.floor((epochMsOf(at) - this.#beginsMs) / binMs)
    if (index < 0 || index >= this.#bins) return
    this.#first = Math.min(this.#first, index)
    this.#last = Math.max(this.#last, index)
    for (const name of drawn) {
      const judgement = quantities[name]
      if (typeof judgement?.value !== 'number') continue
      const { value, unit, limit } = judgement
      const track = this.#tracks.get(name) ?? { unit, limit, bins: [] }
      this.#tracks.set(name, track)
      track.limit = limit
      track.bins[index] = merged([track.bins[index], { min: value, max: value, sum: value, n: 1 }])
    }
  }

  get timeline(): NightReport['timeline'] {
    if (this.#last < this.#first) return { from: instantOf(this.#beginsMs), stepS: 60, steps: 0, tracks: [] }
    const bins = this.#last - this.#first + 1
    const stepS = stepsS.find((s) => (bins * 60) / s <= mostSteps) ?? 600
    const wide = stepS / 60
    const steps = Math.ceil(bins / wide)
    const pointsOf = (track: Track) =>
      Array.from({ length: steps }, (_, step) => step).flatMap((step): [number, number, number, number][] => {
        const from = this.#first + step * wide
        const bin = merged(track.bins.slice(from, from + wide))
        return bin ? [[step, bin.min, thousandths(bin.sum / bin.n), bin.max]] : []
      })
    return {
      from: instantOf(this.#beginsMs + this.#first * binMs),
      stepS,
      steps,
      tracks: [...this.#tracks].map(([quantity, track]) => ({
        quantity,
        unit: track.unit,
        limit: track.limit,
        points: pointsOf(track),
      })),
    }
  }
}
