import type { SafetyVerdictGiven } from '#domain/environment/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { Effect } from '#domain/shared/process.ts'
import type { CourseCommand } from '../course-commands.ts'
import type { Heard, MajordomeState } from './state.ts'

/** Of the power, as far as verdicts tell: unknown at the start, and while nobody can tell. */
export type Power = {
  readonly state: 'unknown' | 'mains' | 'failing' | 'battery'
  /** The verdict that first told of the battery. */
  readonly lostBy: string | null
}

/**
 * While it waits out its delay after it was unknown the UPS is unsafe too, and a verdict need not have told of the unknown:
 * power is lost only where the warning before it was on record.
 */
export const powerAfter = (before: Power, { id, data }: Recorded<SafetyVerdictGiven>): Power => {
  const ups = data.reasons.find(({ quantity }) => quantity === 'ups')?.state
  if (ups === undefined || ups === 'safe') return { state: 'mains', lostBy: null }
  if (ups === 'warn') return { state: 'failing', lostBy: null }
  if (ups === 'unknown') return { state: 'unknown', lostBy: null }
  return before.state === 'failing' ? { state: 'battery', lostBy: id } : before
}

/** After a power loss in automatic mode the roof closes and stays closed until a person says automatic again. */
export const powerEffects = (state: MajordomeState, event: Heard): readonly Effect<CourseCommand>[] => {
  const { night, mode, power } = state
  if (night === null || mode !== 'automatic' || power.lostBy !== event.id) return []
  const { site, occurredAt: at } = event.metadata
  const why = 'the power was lost; a person lets it start again'
  return [
    {
      kind: 'dispatch',
      command: { type: 'ChangeControlMode', site, night, at, mode: 'manual', why, byPerson: false },
    },
  ]
}
