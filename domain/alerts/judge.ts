import type { Site } from '#domain/shared/site.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { Effective } from './effective.ts'
import { askGates } from './gates.ts'
import type { NoticeKind } from './notice.ts'
import type { MadeCount } from './requests-made.ts'
import type { Strategy } from './strategy.ts'
import { visibleSeconds } from './time-visible.ts'
import type { StrategyVerdict } from './verdict.ts'

/** A strategy as it was adopted. */
export type Adopted = { readonly strategy: Strategy; readonly strategyVersion: number }

export type JudgeInput = {
  readonly mission: string
  readonly effective: Effective
  readonly kind: NoticeKind
  readonly at: Instant
  readonly site: Site
  readonly simulated: boolean
  readonly realDevices: readonly string[]
  readonly strategies: readonly Adopted[]
  /** By strategy; this trigger's own request not counted. */
  readonly madeThisNight: Readonly<Record<string, MadeCount>>
}

export type Judgement = {
  readonly outcome: 'observe' | 'ignore' | 'wait'
  readonly reason: string
  readonly decidedBy: Adopted | null
  readonly verdicts: readonly StrategyVerdict[]
}

/** Whether a strategy is about this trigger at all; what is not known yet does not exclude it. */
const isAbout = ({ match, enabled }: Strategy, { mission, effective }: JudgeInput): boolean => {
  if (!enabled || !match.missions.includes(mission)) return false
  const { instruments, noticeTypes, radiusFromDeg = 0, radiusBelowDeg = 360 } = match
  if (instruments && effective.instrument !== null && !instruments.includes(effective.instrument))
    return false
  if (noticeTypes && effective.noticeType !== null && !noticeTypes.includes(effective.noticeType))
    return false
  const r90Deg = effective.place?.error?.r90Deg
  return r90Deg === undefined || (r90Deg >= radiusFromDeg && r90Deg < radiusBelowDeg)
}

const verdictOf = ({ strategy, strategyVersion }: Adopted, input: JudgeInput): StrategyVerdict => {
  const { effective, kind, at, site, simulated, realDevices, madeThisNight } = input
  const visibleS = effective.place ? visibleSeconds(site, effective.place, at, strategy.request) : null
  const gates = askGates(strategy, {
    effective,
    kind,
    at,
    simulated,
    realDevices,
    visibleS,
    madeThisNight: madeThisNight[strategy.name] ?? { all: 0, ofMission: 0 },
  })
  const shut = gates.filter(({ passed }) => !passed)
  const outcome =
    shut.length === 0 ? 'observe' : shut.every(({ mayPassLater }) => mayPassLater) ? 'wait' : 'ignore'
  const reason =
    shut.length === 0 ? 'every gate let it pass' : shut.map(({ gate, text }) => `${gate}: ${text}`).join('; ')
  return { strategy: strategy.name, strategyVersion, outcome, reason, gates }
}

const byOrder = (a: Adopted, b: Adopted): number =>
  a.strategy.order - b.strategy.order || (a.strategy.name < b.strategy.name ? -1 : 1)

/** Asks every strategy that is about a trigger; the first that lets it pass decides, else the first that may do so later. */
export const judge = (input: JudgeInput): Judgement => {
  const asked = input.strategies.filter(({ strategy }) => isAbout(strategy, input)).sort(byOrder)
  const verdicts = asked.map((adopted) => verdictOf(adopted, input))
  const chosen =
    verdicts.find(({ outcome }) => outcome === 'observe') ??
    verdicts.find(({ outcome }) => outcome === 'wait') ??
    verdicts[0]
  if (!chosen) {
    const what = [input.mission, input.effective.instrument, input.effective.noticeType].filter(Boolean)
    return { outcome: 'ignore', reason: `no strategy is about ${what.join(' ')}`, decidedBy: null, verdicts }
  }
  const decidedBy = asked.find(({ strategy }) => strategy.name === chosen.strategy) ?? null
  return { outcome: chosen.outcome, reason: chosen.reason, decidedBy, verdicts }
}
