import type { Effect } from '#domain/shared/process.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { closeRoof, type MajordomeCommand, openRoof, park, unpark } from './commands.ts'
import { roofWanted } from './roof.ts'
import type { Heard, MajordomeState } from './state.ts'

type Effects = readonly Effect<MajordomeCommand>[]

/** The roof waits this long for the telescope to park, and for nothing when it rains. */
const parkingS = 30
/** A close that failed is sent again after it. */
const againS = 65

const open = (state: MajordomeState, event: Heard): Effects =>
  state.roof?.wanted === 'open' ? [] : [openRoof(state, event), unpark(state, event)]

const close = (state: MajordomeState, event: Heard): Effects => {
  const { roof, telescope, verdict } = state
  if (roof?.wanted === 'closed') return []
  if (verdict?.raining) return [closeRoof(state, event), park(state, event)]
  if (telescope?.wanted !== 'parked')
    return [
      park(state, event),
      { kind: 'wakeAt', timer: 'close-anyway', at: addSeconds(event.metadata.occurredAt, parkingS) },
    ]
  return telescope.outcome === 'none'
    ? []
    : [closeRoof(state, event), { kind: 'cancel', timer: 'close-anyway' }]
}

const failedToClose = ({ type, data }: Heard, { roof }: MajordomeState): boolean =>
  (type === 'DeviceCommandFailed' || type === 'DeviceCommandTimedOut') &&
  roof?.wanted === 'closed' &&
  data.conversationId === roof.conversationId

/** What the roof needs after an event: asked for once, but closing again and again until it is closed. */
export const roofEffects = (state: MajordomeState, event: Heard): Effects => {
  const wanted = roofWanted(state)
  if (wanted === 'open') return open(state, event)
  if (wanted === null) return []
  if (failedToClose(event, state))
    return [{ kind: 'wakeAt', timer: 'close-again', at: addSeconds(event.metadata.occurredAt, againS) }]
  const due = event.type === 'TimerFired' ? event.data.timer : null
  if (due === 'close-again' || (due === 'close-anyway' && state.roof?.wanted !== 'closed'))
    return [closeRoof(state, event)]
  return close(state, event)
}
