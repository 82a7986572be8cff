import type { Phase } from '../course-events.ts'
import type { MajordomeState, Shutter } from './state.ts'

const openPhases: ReadonlySet<Phase> = new Set([
  'opening',
  'evening-flats',
  'focusing',
  'observing',
  'morning-flats',
])

/** A verdict under which what is open may stay open; to open it must be safe. Unknown, and none at all, count as unsafe. */
export const mayStayOpen = ({ verdict }: MajordomeState): boolean =>
  verdict?.state === 'safe' || verdict?.state === 'warn'

export const inOpenPhase = ({ phase }: MajordomeState): boolean => phase !== null && openPhases.has(phase)

/**
 * What the roof should be by everything that is known; null to leave it to whoever has it in hand. It closes under a bad
 * verdict in manual mode too; in engineering mode people are at the dome and nothing moves but by them.
 */
export const roofWanted = (state: MajordomeState): Shutter | null => {
  if (state.night === null || state.mode === 'engineering') return null
  if (!mayStayOpen(state)) return 'closed'
  if (state.mode === 'manual') return null
  if (state.suspended?.closesRoof) return 'closed'
  if (!inOpenPhase(state)) return 'closed'
  if (state.suspended) return null
  return state.verdict?.state === 'safe' ? 'open' : null
}
