import type { SafetyState } from '#domain/environment/events.ts'
import type { ControlMode } from '#domain/night/course-events.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import type { CommandClass } from './command-spec.ts'
import type { Refused } from './conversation.ts'

/** What is known at the instant of acting. Null is not known, and counts as the worst. */
export type Situation = {
  readonly mode: ControlMode | null
  /** The newest verdict, if it is fresh. */
  readonly verdict: Verdict | null
  readonly sunAltitudeDeg: number
  /** Since the conductor's last beat at the dome. */
  readonly heartbeatAgeS: number | null
  readonly emergencyButton: boolean | null
  readonly telescopeParked: boolean | null
}

export type Verdict = {
  /** The event that gives it. */
  readonly id: string
  readonly state: SafetyState
  /** The quantity that is worst, in words, and its margin. */
  readonly worst: { readonly text: string; readonly margin: number | null } | null
}

type Asked = { readonly class: CommandClass; readonly actor: Actor }

export const openBelowSunDeg = -4
const heartbeatMaxS = 10

const byMode = ({ class: kind, actor }: Asked, mode: ControlMode | null): Refused | null => {
  const person = actor.kind === 'user'
  if (mode === null) return { code: 'mode_unknown', why: 'nobody has said whether the mode is automatic' }
  if (mode === 'automatic' && person)
    return { code: 'refused_in_automatic', why: 'manual commands are refused in automatic mode' }
  if (mode !== 'automatic' && !person)
    return { code: 'refused_in_manual', why: `in ${mode} mode only people give commands` }
  if (mode === 'engineering' && kind === 'opens')
    return { code: 'refused_in_engineering', why: 'the roof stays closed in engineering mode' }
  return null
}

const byWeather = (kind: CommandClass, verdict: Verdict | null): Refused | null => {
  if (!verdict) return { code: 'verdict_unknown', why: 'there is no fresh verdict on the weather' }
  const { id: verdictId, state, worst } = verdict
  if (state === 'safe' || (state === 'warn' && kind === 'moves')) return null
  const why = `the verdict is ${state}${worst ? `: ${worst.text}` : ''}`
  return { code: `verdict_${state}`, why, verdictId, margin: worst?.margin ?? null }
}

const byRoof = (situation: Situation): Refused | null => {
  const { sunAltitudeDeg, heartbeatAgeS, telescopeParked } = situation
  if (sunAltitudeDeg >= openBelowSunDeg) {
    const margin = openBelowSunDeg - sunAltitudeDeg
    const why = `the Sun is at ${sunAltitudeDeg.toFixed(1)}°, the limit is ${openBelowSunDeg}°`
    return { code: 'sun_too_high', why, margin }
  }
  if (heartbeatAgeS === null || heartbeatAgeS >= heartbeatMaxS)
    return { code: 'no_heartbeat', why: 'the conductor does not beat: the dome would close again' }
  if (telescopeParked !== true)
    return { code: 'telescope_not_parked', why: 'the roof moves over a parked telescope only' }
  return null
}

const byButton = ({ emergencyButton }: Situation): Refused | null => {
  if (emergencyButton === false) return null
  const why = emergencyButton
    ? 'the emergency button is pressed'
    : 'nobody can say whether the emergency button is pressed'
  return { code: 'lockdown', why }
}

/** A roof that must close in manual mode must not lack its power. In engineering mode somebody's hand may be in there. */
const isRecovery = ({ class: kind, actor }: Asked, mode: ControlMode | null): boolean =>
  kind === 'recovers' && actor.kind !== 'user' && mode !== 'engineering'

/**
 * The one gate that every command to an actuator passes; null lets it through. What makes the observatory safer always
 * passes. Opening wants everything at once: mode, a safe verdict, a Sun below -4°, a beating heart, no lockdown.
 */
export const gate = (asked: Asked, situation: Situation): Refused | null => {
  if (asked.class === 'secures' || isRecovery(asked, situation.mode)) return null
  const mode = byMode(asked, situation.mode)
  if (mode || asked.class === 'works' || asked.class === 'recovers') return mode
  // By hand and behind a closed roof an engineer may move things in any weather.
  const weather = situation.mode === 'engineering' ? null : byWeather(asked.class, situation.verdict)
  return byButton(situation) ?? weather ?? (asked.class === 'opens' ? byRoof(situation) : null)
}
