import type { EnvironmentEvent, Flag } from '#domain/environment/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { NightReport } from './report-schema.ts'

type Plc = NightReport['plc']
type FlagSummary = NightReport['flags'][number]

/** A night of troubles must not make its report boundless; what is left out is counted. */
const most = { outages: 200, rejected: 20, flags: 200 }

/** What the PLC and its devices suffered from. */
export class Troubles {
  readonly #outages: Plc['outages'] = []
  #outagesOmitted = 0
  readonly #byReason = new Map<string, number>()
  readonly #rejected: Plc['rejected']['first'] = []
  readonly #flags = new Map<string, FlagSummary>()
  readonly #flagsOmitted = new Set<string>()

  add(event: Recorded<EnvironmentEvent>): void {
    const at = event.metadata.occurredAt
    switch (event.type) {
      case 'PlcLinkLost':
        this.#outage({ from: at, to: null, outageS: 0, detail: event.data.detail })
        break
      case 'PlcLinkRestored':
        this.#restored(event.data.lostAt, at, event.data.outageS)
        break
      case 'PlcReplyRejected':
        this.#reject(event)
        break
      case 'EnvironmentAssessed':
        for (const flag of event.data.flags) this.#flag(flag, at)
        break
      case 'EnvironmentWentStale':
      case 'SafetyVerdictGiven':
      case 'WeatherReadingRecorded':
      case 'SiteReadingRecorded':
        break
    }
  }

  #outage(outage: Plc['outages'][number]): void {
    if (this.#outages.length < most.outages) this.#outages.push(outage)
    else this.#outagesOmitted += 1
  }

  /** Of an outage that began in the night before only the end is among this night's events. */
  #restored(lostAt: Instant, at: Instant, outageS: number): void {
    const open = this.#outages.find(({ from, to }) => to === null && from === lostAt)
    if (open) Object.assign(open, { to: at, outageS })
    else if (this.#outagesOmitted === 0) this.#outage({ from: lostAt, to: at, outageS, detail: null })
  }

  #reject({
    id,
    data: { reason, detail },
    metadata,
  }: Recorded<Extract<EnvironmentEvent, { type: 'PlcReplyRejected' }>>) {
    this.#byReason.set(reason, (this.#byReason.get(reason) ?? 0) + 1)
    if (this.#rejected.length < most.rejected)
      this.#rejected.push({ at: metadata.occurredAt, eventId: id, reason, detail })
  }

  #flag(flag: Flag, at: Instant): void {
    const key = `${flag.code}/${flag.device}/${flag.value ?? ''}`
    const known = this.#flags.get(key)
    if (known) {
      Object.assign(known, { polls: known.polls + 1, lastAt: at, detail: flag.detail })
      return
    }
    if (this.#flags.size < most.flags) this.#flags.set(key, { ...flag, polls: 1, firstAt: at, lastAt: at })
    else if (this.#flagsOmitted.size < most.flags) this.#flagsOmitted.add(key)
  }

  plc(asOf: Instant): Plc {
    const counts = [...this.#byReason.values()]
    return {
      outages: this.#outages.map((outage) =>
        outage.to === null ? { ...outage, outageS: Math.max(0, secondsBetween(outage.from, asOf)) } : outage,
      ),
      outagesOmitted: this.#outagesOmitted,
      rejected: {
        count: counts.reduce((sum, count) => sum + count, 0),
        byReason: Object.fromEntries(this.#byReason),
        first: this.#rejected,
      },
    }
  }

  get flags(): FlagSummary[] {
    return [...this.#flags.values()].sort((a, b) => b.polls - a.polls)
  }

  get flagsOmitted(): number {
    return this.#flagsOmitted.size
  }
}
