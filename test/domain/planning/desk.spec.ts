import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyDesk } from '#domain/planning/desk/desk.ts'
import { explanationPages } from '#domain/planning/desk/explanation-pages.ts'
import { foldDesk } from '#domain/planning/desk/fold.ts'
import { nextWork, noMemory } from '#domain/planning/desk/next-work.ts'
import { planInputFor, plannerSettings } from '#domain/planning/desk/plan-input.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { RecordedPlanning } from '#test/support/recorded-planning.ts'
import { samplePlanning } from '#test/support/sample-planning.ts'
import { requestGiven } from '#test/support/submitted-requests.ts'

const at = '2026-11-21T06:00:00.000Z'
const later = (seconds: number) => addSeconds(at, seconds)
const settings = plannerSettings(sanPedroMartir)

const withRequest = (given: Parameters<typeof requestGiven>[1] = {}) => {
  const log = new RecordedPlanning()
  log.happens({ type: 'RequestSubmitted', data: requestGiven('m31', given), stream: 'request-m31', at })
  return log
}
const about = { sequenceId: 'm31.1', requestId: 'm31', attempt: 1 }
const observed = (log: RecordedPlanning, imagesTaken: number, ended: 'Finished' | 'Aborted') => {
  const stream = 'observation-m31.1-1'
  const data = { ...about, scheduleVersion: 1, endsExpectedAt: later(700), imagesExpected: 10 }
  log.happens({ type: 'ObservationStarted', data, stream, at: later(60) })
  const outcome = { ...about, imagesTaken, imagesExpected: 10, openShutterS: 60 * imagesTaken }
  const more = ended === 'Aborted' ? { why: 'weather', detail: 'rain' } : {}
  log.happens({ type: `Observation${ended}`, data: { ...outcome, ...more }, stream, at: later(600) })
  return log
}
const inputAt = (log: RecordedPlanning, when: string) =>
  planInputFor(log.desk, { night: '2026-11-20', at: when, keep: true, previous: [] }, settings)
const verdict = (log: RecordedPlanning, state: 'safe' | 'unsafe' | 'unknown', when: string) =>
  log.happens({
    type: 'SafetyVerdictGiven',
    data: { state, previous: null, reasons: [], readingIds: [], reopenExpectedAt: null },
    stream: 'environment-osm-2026-11-20',
    at: when,
  })

describe('what the planner knows', () => {
  it('is the same however the events come in batches', () => {
    const events = samplePlanning(1n)
    const whole = foldDesk(emptyDesk, events, 'osm')
    fc.assert(
      fc.property(fc.array(fc.nat(events.length), { maxLength: 6 }), (cuts) => {
        const ends = [...cuts.toSorted((a, b) => a - b), events.length]
        let from = 0
        const desk = ends.reduce((folded, end) => {
          const next = foldDesk(folded, events.slice(from, end), 'osm')
          from = end
          return next
        }, emptyDesk)
        expect(desk).toEqual(whole)
      }),
    )
  })

  it('is nothing of another site’s', () => {
    expect(foldDesk(emptyDesk, samplePlanning(1n), 'elsewhere')).toEqual(emptyDesk)
  })

  it('P43 a sequence observed well enough is done', () => {
    const { desk } = observed(withRequest(), 10, 'Finished')
    expect([...desk.open.keys()]).toEqual([])
    expect(desk.asks.at(-1)?.why).toBe('observation-ended')
  })

  it('an aborted sequence goes back into the queue with what is left of it', () => {
    const [candidate] = inputAt(observed(withRequest(), 4, 'Aborted'), later(600)).candidates
    expect(candidate).toMatchObject({ id: 'm31.1', durationS: 360 })
  })

  it('a sequence that is to be observed more than once waits for its next time', () => {
    const cadence = { times: 2, minGapS: 3600, maxGapS: 7200 }
    const [candidate] = inputAt(
      observed(withRequest({ sequences: [{ cadence }] }), 10, 'Finished'),
      later(600),
    ).candidates
    expect(candidate).toMatchObject({ id: 'm31.1', durationS: 600, previousStarts: [later(60)] })
  })

  it('what runs stays where it is and is not planned again', () => {
    const log = withRequest({ sequences: [{}, { raDeg: 75 }] })
    const data = { ...about, scheduleVersion: 1, endsExpectedAt: later(700), imagesExpected: 10 }
    log.happens({ type: 'ObservationStarted', data, stream: 'observation-m31.1-1', at: later(60) })
    const { fixed, candidates } = inputAt(log, later(100))
    expect(fixed).toMatchObject([{ id: 'm31.1', startsAt: later(60), endsAt: later(700) }])
    expect(candidates.map(({ id }) => id)).toEqual(['m31.2'])
  })
})

describe('what the planner does next', () => {
  it('P37 begins a night that has no plan yet, and from dawn on the coming one', () => {
    const log = withRequest()
    const dawn = '2026-11-21T13:18:43.000Z'
    log.plan(at)
    expect(nextWork(log.desk, noMemory, at, sanPedroMartir)).toEqual({
      kind: 'wait',
      until: dawn,
    })
    expect(nextWork(log.desk, noMemory, dawn, sanPedroMartir)).toEqual({
      kind: 'begin-night',
      night: '2026-11-21',
    })
  })

  it('P46 plans when the verdict turns, but not more than once a minute for a verdict that flaps', () => {
    const log = withRequest()
    log.plan(at)
    verdict(log, 'unsafe', later(10))
    expect(nextWork(log.desk, noMemory, later(10), sanPedroMartir).kind).toBe('plan')
    log.plan(later(10))
    for (let s = 12; s < 40; s += 2) verdict(log, s % 4 === 0 ? 'safe' : 'unsafe', later(s))
    expect(nextWork(log.desk, noMemory, later(40), sanPedroMartir)).toEqual({
      kind: 'wait',
      until: later(70),
    })
    expect(nextWork(log.desk, noMemory, later(70), sanPedroMartir).kind).toBe('plan')
  })

  it('plans again when the roof is still closed at the end of a closure that nobody could foresee', () => {
    const log = withRequest()
    verdict(log, 'unknown', at)
    log.plan(at)
    expect(log.desk.standing?.closures).toEqual([{ from: at, until: later(3600), why: expect.any(String) }])
    expect(nextWork(log.desk, noMemory, later(3599), sanPedroMartir)).toEqual({
      kind: 'wait',
      until: later(3600),
    })
    expect(nextWork(log.desk, noMemory, later(3600), sanPedroMartir)).toMatchObject({
      kind: 'plan',
      asks: [{ why: 'weather' }],
    })
  })
})

describe('the reasons', () => {
  it('go into pages that an event store takes, none lost, the last one marked', () => {
    const text = 'x'.repeat(2000)
    const all = Array.from({ length: 1000 }, (_, i) => ({
      sequenceId: `r${i}`,
      code: 'BELOW_LIMIT',
      figures: {},
      text,
    }))
    const pages = explanationPages(3, all)
    expect(pages.length).toBeGreaterThan(3)
    for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(501_000)
    expect(pages.flatMap(({ unplaced }) => unplaced)).toEqual(all)
    expect(pages.map(({ last }) => last)).toEqual(pages.map((_, i) => i === pages.length - 1))
    expect(explanationPages(3, [])).toEqual([{ scheduleVersion: 3, page: 1, last: true, unplaced: [] }])
  })
})
