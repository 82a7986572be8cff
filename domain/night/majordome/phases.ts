import { nightOf } from '#domain/shared/night.ts'
import { nightSpan } from '#domain/shared/noon.ts'
import type { Effect } from '#domain/shared/process.ts'
import type { Site } from '#domain/shared/site.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'
import type { CourseCommand } from '../course-commands.ts'
import { type Phase, phaseSchema } from '../course-events.ts'
import { phaseTimes, sunAltitudeDeg, sunPhases } from '../sun-phases.ts'
import type { Heard, MajordomeState } from './state.ts'

type Effects = readonly Effect<CourseCommand>[]

/** Darks and biases take about this long once the roof is closed. */
const calibrationsS = 900

const timerOf = (phase: Phase): string => `phase/${phase}`

/** The command that begins the night an instant belongs to. Given at noon, and at every start; it is done once. */
export const openNight = (
  site: Site,
  at: Instant,
  mode: MajordomeState['mode'],
): Extract<CourseCommand, { type: 'OpenNight' }> => {
  const night = nightOf(at, site.timeZone)
  return { type: 'OpenNight', site: site.id, night, at, phasesAt: phaseTimes(site, night), mode }
}

const setTimers = ({ phasesAt }: MajordomeState, site: Site, night: string): Effects => [
  ...sunPhases.flatMap((phase): Effects => {
    const at = phasesAt[phase]
    return at ? [{ kind: 'wakeAt', timer: timerOf(phase), at }] : []
  }),
  { kind: 'wakeAt', timer: 'next-night', at: nightSpan(night, site.timeZone).ends },
]

const enter = (phase: Phase, site: Site, night: string, at: Instant): Effects => [
  {
    kind: 'dispatch',
    command: {
      type: 'EnterPhase',
      site: site.id,
      night,
      at,
      phase,
      sunAltitudeDeg: Number(sunAltitudeDeg(site, at).toFixed(2)),
    },
  },
]

/** After a start in the middle of the night only the phase that it is now is entered. */
const isPast = (phase: Phase, { phasesAt }: MajordomeState, at: Instant): boolean => {
  const next = sunPhases[sunPhases.indexOf(phase) + 1]
  const nextAt = next && phasesAt[next]
  return typeof nextAt === 'string' && nextAt <= at
}

const onTimer = (timer: string, state: MajordomeState, site: Site, at: Instant): Effects => {
  const { night } = state
  if (timer === 'next-night') return [{ kind: 'dispatch', command: openNight(site, at, state.mode) }]
  if (night === null) return []
  if (timer === 'calibrations-over') return enter('day', site, night, at)
  const phase = phaseSchema.safeParse(timer.replace(/^phase\//, ''))
  return phase.success && !isPast(phase.data, state, at) ? enter(phase.data, site, night, at) : []
}

const summaryOf = ({ observations, openS, suspended }: MajordomeState): string =>
  `${observations} ${observations === 1 ? 'observation' : 'observations'}, roof open for ${(openS / 3600).toFixed(1)} h${suspended ? `, at last suspended (${suspended.why})` : ''}`

const closeNight = (state: MajordomeState, site: Site, night: string, at: Instant): Effects => {
  const { observations, openS } = state
  const command = {
    type: 'CloseNight',
    site: site.id,
    night,
    at,
    observations,
    openS,
    summary: summaryOf(state),
  } as const
  return [{ kind: 'dispatch', command }]
}

/** The night's phases, begun by the Sun; calibrations begin once the roof is closed. */
export const phaseEffects = (state: MajordomeState, event: Heard, site: Site): Effects => {
  const at = event.metadata.occurredAt
  const { night, phase, roof } = state
  if (event.type === 'NightOpened') return setTimers(state, site, event.metadata.night)
  if (event.type === 'TimerFired') return onTimer(event.data.timer, state, site, at)
  if (night === null) return []
  if (event.type === 'NightPhaseEntered' && event.data.phase === 'calibrations')
    return [{ kind: 'wakeAt', timer: 'calibrations-over', at: addSeconds(at, calibrationsS) }]
  if (event.type === 'NightPhaseEntered' && event.data.phase === 'day')
    return closeNight(state, site, night, at)
  const isClosed = roof?.wanted === 'closed' && roof.outcome === 'done'
  return phase === 'closing' && isClosed ? enter('calibrations', site, night, at) : []
}
