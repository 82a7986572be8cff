import type { Effect } from '#domain/shared/process.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { closeRoof, type MajordomeCommand, openRoof, park, unpark } from './commands.ts'
import { roofWanted } from './roof.ts'
import type { Heard, MajordomeState } from './state.ts'

type Effects = readonly Effect<MajordomeCommand>[]

/** A close that failed is asked for again after it; while one goes on its agent tells the roof again by itself. */
const againS = 65

const failed = ({ roof }: MajordomeState, { type, data }: Heard): boolean =>
  type === 'DeviceCommandFailed' && data.conversationId === roof?.conversationId

/** Brings the telescope to where the roof wants it; it is asked once, whatever becomes of that. */
const mount = (state: MajordomeState, event: Heard, wanted: 'parked' | 'unparked'): Effects => {
  const { parked, asked } = state.telescope
  if (parked === (wanted === 'parked') || asked?.wanted === wanted) return []
  return [wanted === 'parked' ? park(state, event) : unpark(state, event)]
}

/** In rain the roof does not wait for the telescope; it is parked behind it, or the roof could not open over it again. */
const close = (state: MajordomeState, event: Heard): Effects => {
  const { roof, mode } = state
  if (roof?.wanted !== 'closed') return [closeRoof(state, event)]
  if (roof.outcome === 'done') return mode === 'automatic' ? mount(state, event, 'parked') : []
  if (failed(state, event))
    return [{ kind: 'wakeAt', timer: 'close-again', at: addSeconds(event.metadata.occurredAt, againS) }]
  return event.type === 'TimerFired' && event.data.timer === 'close-again' ? [closeRoof(state, event)] : []
}

/** The gate opens over a parked telescope only. One that cannot be parked is for the gate to tell of. */
const parkedFirst = ({ telescope: { parked, asked } }: MajordomeState): boolean =>
  parked === false && !(asked?.wanted === 'parked' && asked.outcome === 'failed')

/** A roof that still closes is opened when that has come to its end; the telescope stays parked until it is open. */
const open = (state: MajordomeState, event: Heard): Effects => {
  const { roof } = state
  if (roof?.wanted === 'closed' && roof.outcome === 'none') return []
  if (roof?.wanted !== 'open')
    return parkedFirst(state) ? mount(state, event, 'parked') : [openRoof(state, event)]
  return roof.outcome === 'done' ? mount(state, event, 'unparked') : []
}

/** What the roof needs after an event: opened once, but closed again and again until it is closed. */
export const roofEffects = (state: MajordomeState, event: Heard): Effects => {
  switch (roofWanted(state)) {
    case 'open':
      return open(state, event)
    case 'closed':
      return close(state, event)
    case null:
      return []
  }
}
