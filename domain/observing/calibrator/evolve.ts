import { cameraStatusSchema } from '#domain/devices/camera.ts'
import type { DeviceEvent } from '#domain/devices/events.ts'
import { advanced, ended, type Line, lineOf } from './line.ts'
import { conversationOf, detectorOf, detectors, preparations, stepName } from './names.ts'
import { type CalibratorState, type Heard, initialCalibrator, type Session } from './state.ts'
import { closedTasks, flatTasks } from './tasks.ts'

type DataOf<Type extends DeviceEvent['type']> = Extract<DeviceEvent, { type: Type }>['data']

const isTwilight = ({ phase }: CalibratorState): boolean =>
  phase === 'evening-flats' || phase === 'morning-flats'

/** Whether frames may be taken now, of whichever kind the phase is for. */
const isAllowed = (state: CalibratorState): boolean => {
  if (state.mode !== 'automatic' || state.suspended) return false
  if (isTwilight(state)) return state.roofOpen && state.telescopeReady
  return state.phase === 'calibrations' && state.roofClosed
}

const linesFor = (state: CalibratorState): Line[] =>
  detectors
    .map((detector) =>
      lineOf(
        detector,
        isTwilight(state) ? flatTasks(state.filters[detector]) : closedTasks(state.exposuresS[detector]),
      ),
    )
    .filter(({ tasks }) => tasks.length > 0)

const begun = (state: CalibratorState, { id }: Heard): CalibratorState => {
  const { night, phase, session, through } = state
  if (session || night === null || phase === null || through.has(phase) || !isAllowed(state)) return state
  const lines = linesFor(state)
  if (lines.length === 0) return state
  const number = state.sessions + 1
  const preparing = isTwilight(state)
    ? preparations.map((what) => conversationOf({ night, number }, what))
    : []
  return {
    ...state,
    sessions: number,
    session: { number, night, phase, begunBy: id, preparing, lines },
  }
}

/** Ends what may not go on, or has nothing left to do; begins what may begin. */
const settled = (state: CalibratorState, event: Heard): CalibratorState => {
  const { session } = state
  if (!session) return begun(state, event)
  if (session.phase !== state.phase || session.night !== state.night || !isAllowed(state))
    return begun({ ...state, session: null, brokenOff: session }, event)
  if (session.lines.some(({ tasks }) => tasks.length > 0)) return state
  return { ...state, through: new Set([...state.through, session.phase]) }
}

const isAt = (session: Session, { detector, step }: Line, conversationId: string): boolean =>
  conversationOf(session, stepName(detector, step)) === conversationId

const completed = (state: CalibratorState, { conversationId, result }: DataOf<'DeviceCommandCompleted'>) => {
  const { session } = state
  if (!session) return state
  const preparing = session.preparing.filter((id) => id !== conversationId)
  const lines = session.lines.map((line) =>
    isAt(session, line, conversationId) ? advanced(line, result, session.phase === 'evening-flats') : line,
  )
  return { ...state, session: { ...session, preparing, lines } }
}

/** A camera that fails is let be; without telescope or dome there are no flats. */
const failed = (state: CalibratorState, conversationId: string): CalibratorState => {
  const { session } = state
  if (!session) return state
  const unprepared = session.preparing.includes(conversationId)
  const lines = session.lines.map((line) =>
    unprepared || isAt(session, line, conversationId) ? ended(line) : line,
  )
  return { ...state, session: { ...session, lines } }
}

const woken = (state: CalibratorState, timer: string): CalibratorState => {
  const { session } = state
  if (!session) return state
  const lines = session.lines.map((line) => (timer === line.detector ? { ...line, waiting: false } : line))
  return { ...state, session: { ...session, lines } }
}

const seen = (
  state: CalibratorState,
  { device, status }: DataOf<'DeviceStatusRecorded'>,
): CalibratorState => {
  if (device === 'dome')
    return { ...state, roofOpen: status['openSwitch'] === true, roofClosed: status['closedSwitch'] === true }
  if (device === 'telescope')
    return { ...state, telescopeReady: status['state'] !== 'parked' && status['state'] !== 'parking' }
  const detector = detectorOf(device)
  const camera = detector && cameraStatusSchema.safeParse(status).data
  return camera ? { ...state, filters: { ...state.filters, [detector]: camera.filters } } : state
}

const exposed = (
  state: CalibratorState,
  { data }: Extract<Heard, { type: 'ImageAcquired' }>,
): CalibratorState => {
  const times = new Set([...state.exposuresS[data.detector], data.exposureS])
  return { ...state, exposuresS: { ...state.exposuresS, [data.detector]: times } }
}

const newNight = (state: CalibratorState, { metadata, data }: Extract<Heard, { type: 'NightOpened' }>) => ({
  ...initialCalibrator,
  roofOpen: state.roofOpen,
  roofClosed: state.roofClosed,
  telescopeReady: state.telescopeReady,
  filters: state.filters,
  session: state.session,
  night: metadata.night,
  mode: data.mode,
})

const noted = (state: CalibratorState, event: Heard): CalibratorState => {
  switch (event.type) {
    case 'NightOpened':
      return newNight(state, event)
    case 'NightPhaseEntered':
      return { ...state, phase: event.data.phase }
    case 'NightClosed':
      return { ...state, phase: null }
    case 'ObservingSuspended':
      return { ...state, suspended: true }
    case 'ObservingResumed':
      return { ...state, suspended: false }
    case 'ControlModeChanged':
      return { ...state, mode: event.data.mode }
    case 'ImageAcquired':
      return exposed(state, event)
    case 'DeviceStatusRecorded':
      return seen(state, event.data)
    case 'DeviceCommandCompleted':
      return completed(state, event.data)
    case 'DeviceCommandRefused':
    case 'DeviceCommandFailed':
    case 'DeviceCommandTimedOut':
      return failed(state, event.data.conversationId)
    case 'TimerFired':
      return woken(state, event.data.timer)
    case 'DeviceCommandRequested':
    case 'DeviceCommandAgreed':
    case 'DeviceLinkLost':
    case 'DeviceLinkRestored':
    case 'DeviceAlarmRaised':
    case 'ProcessCommandRefused':
      return state
  }
}

export const evolve = (state: CalibratorState, event: Heard): CalibratorState =>
  settled({ ...noted(state, event), brokenOff: null }, event)
