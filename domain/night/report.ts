import type { EnvironmentEvent } from '#domain/environment/events.ts'
import { isEnvironmentEvent } from '#domain/environment/sentences.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { nightSpan } from '#domain/shared/noon.ts'
import type { Site } from '#domain/shared/site.ts'
import { epochMsOf, type Instant } from '#domain/shared/time.ts'
import { WholeNight } from './report/whole-night.ts'
import type { NightReport } from './report-schema.ts'
import { roofHours } from './roof-hours.ts'
import { Standing } from './standing.ts'
import { TimeSpent } from './time-spent.ts'
import { Timeline } from './timeline.ts'
import { Troubles } from './troubles.ts'
import { WeatherStatistics } from './weather-statistics.ts'

/** What a night is made of beside its environment, by the names of its events. Each says for itself when it is there. */
const otherSubjects: Readonly<Record<string, RegExp>> = {
  observing: /^(Observation|Plan|ImageAcquired|Night(Opened|Phase|Closed))/,
  sequences: /^(Sequence|Schedule)/,
  alerts: /^(Notice|Trigger)/,
  'device faults': /^Device/,
  overrides: /^(Override|ControlMode)/,
}

const isEnvironmental = (event: Recorded): event is Recorded<EnvironmentEvent> => isEnvironmentEvent(event)

/** Folds a night's events, in log order, into its report. Its memory grows with observations, not with events. */
export class NightReporter {
  readonly #site: Site
  readonly #night: string
  readonly #span: ReturnType<typeof nightSpan>
  readonly #standing = new Standing()
  readonly #spent: TimeSpent
  readonly #statistics = new WeatherStatistics()
  readonly #troubles = new Troubles()
  readonly #timeline: Timeline
  readonly #whole: WholeNight
  readonly #byType = new Map<string, number>()
  readonly #rulesVersions = new Set<string>()
  #simulated = 0
  #firstAt: Instant | null = null
  #lastAt: Instant = ''

  constructor(site: Site, night: string) {
    this.#site = site
    this.#night = night
    this.#span = nightSpan(night, site.timeZone)
    this.#spent = new TimeSpent(roofHours(site, night))
    this.#timeline = new Timeline(this.#span.begins, this.#span.ends)
    this.#whole = new WholeNight(site, night)
  }

  add(event: Recorded): void {
    const { occurredAt, rulesVersion, simulated } = event.metadata
    this.#byType.set(event.type, (this.#byType.get(event.type) ?? 0) + 1)
    if (rulesVersion) this.#rulesVersions.add(rulesVersion)
    if (simulated) this.#simulated += 1
    this.#firstAt ??= occurredAt
    if (occurredAt > this.#lastAt) this.#lastAt = occurredAt
    this.#whole.add(event)
    if (isEnvironmental(event)) this.#environment(event)
  }

  #environment(event: Recorded<EnvironmentEvent>): void {
    for (const stretch of this.#standing.add(event)) this.#spent.add(stretch)
    this.#troubles.add(event)
    if (event.type !== 'EnvironmentAssessed') return
    this.#statistics.add(event.data, event.metadata.occurredAt)
    this.#timeline.add(event.data, event.metadata.occurredAt)
  }

  /** The report as of an instant, or of the night's end if that is earlier; null without any event. Ends the fold. */
  report(now: Instant): NightReport | null {
    if (this.#firstAt === null) return null
    const { begins, ends } = this.#span
    const asOf = now < ends ? now : ends
    for (const stretch of this.#standing.until(epochMsOf(asOf))) this.#spent.add(stretch)
    const { wasOpenS, ...whole } = this.#whole.account(asOf)
    const types = [...this.#byType.keys()]
    return {
      site: { id: this.#site.id, name: this.#site.name, timeZone: this.#site.timeZone },
      night: this.#night,
      begins,
      ends,
      asOf,
      events: {
        count: [...this.#byType.values()].reduce((sum, count) => sum + count, 0),
        simulated: this.#simulated,
        firstAt: this.#firstAt,
        lastAt: this.#lastAt,
        byType: Object.fromEntries(this.#byType),
      },
      rulesVersions: [...this.#rulesVersions],
      notOnRecord: Object.entries(otherSubjects).flatMap(([subject, names]) =>
        types.some((type) => names.test(type)) ? [] : [subject],
      ),
      spentS: this.#spent.spentS,
      roof: this.#spent.roof(epochMsOf(asOf), wasOpenS),
      verdicts: this.#spent.verdicts,
      weather: this.#statistics.weather,
      rain: this.#statistics.rain,
      plc: this.#troubles.plc(asOf),
      flags: this.#troubles.flags,
      flagsOmitted: this.#troubles.flagsOmitted,
      ...whole,
      timeline: this.#timeline.timeline,
    }
  }
}
