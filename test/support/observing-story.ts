import { isCourseEvent } from '#domain/night/course-sentences.ts'
import { nightStream } from '#domain/night/streams.ts'
import { phaseTimes } from '#domain/night/sun-phases.ts'
import { isObservingEvent } from '#domain/observing/sentences.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds } from '#domain/shared/time.ts'
import type { Happening } from './happenings.ts'
import { PureNight } from './pure-night.ts'
import { RecordedPlanning } from './recorded-planning.ts'
import { requestGiven } from './submitted-requests.ts'

const night = '2026-12-07'
const noon = '2026-12-07T20:00:00.000Z'
const duskAt = phaseTimes(sanPedroMartir, night).observing ?? noon
const atDusk = (plusS: number) => addSeconds(duskAt, plusS)

const albumOf = (detector: 'visible' | 'infrared', filter: string) => ({
  name: detector,
  detector,
  plans: [{ name: 'deep', filter, exposureS: 100, images: 5 }],
})

/** Each may begin within ten minutes after a time that is given in seconds after dusk. */
const asked = requestGiven('dusk', {
  sequences: [300, 1800, 7200, 10_800].map((afterS) => ({
    raDeg: 10 + afterS / 240,
    windows: [{ from: atDusk(afterS), until: atDusk(afterS + 1200) }],
    albums: [albumOf('visible', 'r'), albumOf('infrared', 'J')],
  })),
})
const submitted = { type: 'RequestSubmitted' as const, data: asked }

const planned = () => {
  const planning = new RecordedPlanning()
  planning.happens({ ...submitted, stream: 'request-dusk', at: atDusk(-3600) })
  const { type, data } = planning.plan(atDusk(-3500))
  return { type, data }
}

/** A night that misses a sequence for the wind and one for being led by hand, and finishes one and aborts another. */
const lived = (): PureNight => {
  const lives = new PureNight(noon)
  lives.verdict('safe')
  lives.open()
  lives.until(atDusk(-3500))
  lives.happen('request-dusk', submitted)
  lives.happen(`schedule-osm-${night}`, planned())
  lives.until(atDusk(600))
  lives.verdict('unsafe')
  lives.until(atDusk(1000))
  lives.verdict('safe')
  lives.until(atDusk(7000))
  lives.mode('manual')
  lives.until(atDusk(10_000))
  lives.mode('automatic', 'handed back by ana')
  lives.until(atDusk(11_700))
  lives.verdict('unsafe')
  lives.until(atDusk(12_000))
  lives.verdict('safe')
  lives.until('2026-12-08T20:00:00.000Z')
  return lives
}

/** What that night's course and its observations put on record. */
export const observingStory = (): Happening[] =>
  lived().log.flatMap(({ type, data, stream, metadata }) => {
    if (metadata.night !== night) return []
    const about = { type, data, night, at: metadata.occurredAt }
    if (isCourseEvent({ type })) return [{ ...about, stream: nightStream('osm', night) }]
    return isObservingEvent({ type }) ? [{ ...about, stream }] : []
  })
