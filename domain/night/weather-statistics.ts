import { type EnvironmentAssessed, type Judgement, quantityNames } from '#domain/environment/events.ts'
import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { NightReport } from './report-schema.ts'

type Statistic = NightReport['weather'][number]
type Running = Omit<Statistic, 'mean'> & { sum: number }
type Shower = NightReport['rain'][number]

/** Showers that begin again within so long are one; it also bounds how many a night can have. */
const showerGapS = 300

const thousandths = (value: number): number => Math.round(value * 1000) / 1000

const isWet = ({ value, interpretation }: Judgement): boolean =>
  (typeof value === 'number' && value > 0) || value === 'wet' || interpretation === 'rain detected'

/** Least, greatest and mean of everything with a number, and when it rained. */
export class WeatherStatistics {
  readonly #running = new Map<string, Running>()
  readonly #showers: Shower[] = []

  add({ quantities, weather }: EnvironmentAssessed['data'], at: Instant): void {
    for (const name of quantityNames) {
      const judgement = quantities[name]
      if (typeof judgement?.value === 'number') this.#sample(name, judgement.value, judgement.unit, at)
    }
    if (weather.pressureMbar !== null) this.#sample('pressure', weather.pressureMbar, 'mbar', at)
    if (quantities.rain && isWet(quantities.rain)) this.#wet(quantities.rain, at)
  }

  #sample(name: string, value: number, unit: string, at: Instant): void {
    const running = this.#running.get(name)
    if (!running) {
      this.#running.set(name, {
        name,
        unit,
        min: value,
        minAt: at,
        max: value,
        maxAt: at,
        sum: value,
        samples: 1,
      })
      return
    }
    running.sum += value
    running.samples += 1
    if (value < running.min) Object.assign(running, { min: value, minAt: at })
    if (value > running.max) Object.assign(running, { max: value, maxAt: at })
  }

  #wet({ value }: Judgement, at: Instant): void {
    const rate = typeof value === 'number' ? value : null
    const last = this.#showers.at(-1)
    if (!last || secondsBetween(last.to, at) > showerGapS) {
      this.#showers.push({ from: at, to: at, maxMmH: rate, polls: 1 })
      return
    }
    last.to = at
    last.polls += 1
    if (rate !== null) last.maxMmH = Math.max(rate, last.maxMmH ?? 0)
  }

  get weather(): Statistic[] {
    return [...this.#running.values()].map(({ sum, ...running }) => ({
      ...running,
      mean: thousandths(sum / running.samples),
    }))
  }

  get rain(): Shower[] {
    return [...this.#showers]
  }
}
