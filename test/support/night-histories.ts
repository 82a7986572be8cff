import { phaseTimes } from '#domain/night/sun-phases.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { planPublished } from './published-plan.ts'
import { PureNight } from './pure-night.ts'
import { requestGiven } from './submitted-requests.ts'

const noon = '2026-11-20T20:00:00.000Z'
const observing = phaseTimes(sanPedroMartir, '2026-11-20').observing ?? noon
const opening = phaseTimes(sanPedroMartir, '2026-11-20').opening ?? noon

/** An evening that opens, is closed by the weather, and opens again: what is heard of it, without timers. */
const begun = (): PureNight => {
  const night = new PureNight(noon)
  night.verdict('safe')
  night.open()
  return night
}

const heard = ({ log }: PureNight): Recorded[] => log.filter(({ type }) => type !== 'TimerFired')

export const eveningHeard = (): Recorded[] => {
  const night = begun()
  night.until(addSeconds(opening, 60))
  night.verdict('unsafe')
  night.until(addSeconds(opening, 120))
  night.verdict('safe')
  night.until(addSeconds(opening, 180))
  return heard(night)
}

/** A sequence is asked for, planned, begun and finished, and another is broken off by the weather. */
export const observationsHeard = (): Recorded[] => {
  const night = begun()
  night.until(addSeconds(observing, 600))
  const ids = ['a.1', 'b.1']
  for (const id of ids) {
    const requestId = id.slice(0, 1)
    const albums = [
      {
        name: 'visible',
        detector: 'visible' as const,
        plans: [{ name: 'r', filter: 'r', exposureS: 20, images: 1 }],
      },
    ]
    night.happen(`request-${requestId}`, {
      type: 'RequestSubmitted',
      data: requestGiven(requestId, { sequences: [{ albums }] }),
    })
  }
  const entries = ids.map((id, i) => ({ id, fromS: 720 + i * 100, lastsS: 30 }))
  night.happen('schedule', planPublished(observing, 1, 0, entries))
  night.until(addSeconds(observing, 770))
  night.verdict('unsafe')
  night.until(addSeconds(observing, 780))
  return heard(night)
}
