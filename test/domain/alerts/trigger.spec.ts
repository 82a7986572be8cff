import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { defaultStrategies } from '#domain/alerts/default-strategies.ts'
import { digestOf, type NoticeDigest } from '#domain/alerts/notice.ts'
import type { TakeNotice } from '#domain/alerts/trigger-commands.ts'
import { triggerDecider } from '#domain/alerts/trigger-decider.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { given } from '#test/support/given-when-then.ts'
import { noticeNamed } from '#test/support/notices.ts'

const soon = '2026-11-21T04:00:35.000Z'
const strategies = defaultStrategies.map((strategy) => ({ strategy, strategyVersion: 1 }))

const takeDigest = (notice: NoticeDigest, more: Partial<TakeNotice> = {}): TakeNotice => ({
  type: 'TakeNotice',
  mission: notice.mission,
  triggerId: notice.triggerId,
  notice,
  noticeEventId: uuidFrom(notice.name, noctuaryNamespace),
  receivedAt: soon,
  at: soon,
  simulated: false,
  strategies,
  madeThisNight: {},
  running: false,
  realDevices: [],
  site,
  ...more,
})
const take = (file: string, more: Partial<TakeNotice> = {}) => takeDigest(digestOf(noticeNamed(file)), more)
const start = given(triggerDecider)()

/** All notices one after another; the state they lead to. */
const stateAfter = (files: readonly string[], more: Partial<TakeNotice> = {}) =>
  files.reduce((state, file) => {
    const decided = triggerDecider.decide(take(file, more), state)
    return decided.reduce((before, event) => triggerDecider.evolve(before, event, soon), state)
  }, triggerDecider.initial)

describe('a trigger', () => {
  it('opens, is judged, and asks for the telescope', () => {
    const made = start.when(take('swift-bat.xml')).the('AlertRequestMade')
    expect(made.data).toMatchObject({ requestId: 'alert-swift-1300001', strategy: 'grb-prompt' })
    expect(made.data.content.sequences).toHaveLength(1)
  })

  it('takes a notice once', () => {
    start.when(take('swift-bat.xml')).and.when(take('swift-bat.xml')).thenNothing()
  })

  it('a slew with radius 0 replaces nothing', () => {
    const added = start.when(take('swift-bat.xml')).and.when(take('swift-slew.xml'))
    added.thenTypes('TriggerNoticeAdded')
    expect(added.and.state.effective.place?.error?.r90Deg).toBe(0.05)
  })

  it('an older, less exact place that comes late moves nothing', () => {
    const late = start.when(take('swift-xrt.xml')).and.when(take('swift-bat.xml'))
    // It says how significant the burst was, which the other did not.
    expect(late.the('TriggerRefined').data.changed).toEqual(['signalToNoise'])
    late.thenTypes('TriggerRefined', 'TriggerJudged')
    expect(late.and.state.effective.place?.raDeg).toBe(50.1125)
  })

  it("IceCube's newer revision is the better one, whatever its radius", () => {
    const { effective } = stateAfter(['icecube-gold-rev1.xml', 'icecube-gold-rev0.xml'])
    expect(effective.place?.raDeg).toBe(40.6)
  })

  it('a retraction withdraws the request, whichever filter it would have failed', () => {
    const opened = start.when(take('swift-bat.xml'))
    const late = '2026-12-21T04:00:00.000Z'
    opened.and
      .when(take('swift-not-a-burst.xml', { at: late }))
      .thenTypes('TriggerRetracted', 'AlertRequestWithdrawn')
  })

  it('a retraction that comes first keeps what it retracts from being acted upon', () => {
    const first = start.when(take('swift-not-a-burst.xml'))
    first.thenTypes('TriggerRetracted')
    const judged = first.and.when(take('swift-bat.xml')).the('TriggerJudged')
    expect(judged.data).toMatchObject({ outcome: 'wait' })
    expect(judged.data.reason).toContain('retracted by its mission')
  })

  it('an update that was made after the retraction undoes it', () => {
    const state = stateAfter(['lvk-preliminary.xml', 'lvk-retraction.xml'])
    expect(state.effective.state).toBe('retracted')
    const [undone] = triggerDecider.decide(take('lvk-update-after.xml'), state)
    expect(undone?.type).toBe('TriggerUnretracted')
  })

  it('a repeated retraction is on record and changes nothing', () => {
    const retracted = start.when(take('lvk-preliminary.xml')).and.when(take('lvk-retraction.xml'))
    retracted.and.when(take('igwn-retraction.json')).thenTypes('TriggerNoticeAdded')
  })

  it('somebody else has no say in it', () => {
    const notice = { ...digestOf(noticeNamed('swift-not-a-burst.xml')), authority: 'org.example/elsewhere' }
    start.when(take('swift-bat.xml')).and.when(takeDigest(notice)).thenTypes('TriggerNoticeRefused')
  })

  it('a notice that says it was a test takes the request back', () => {
    const test = { ...digestOf(noticeNamed('swift-xrt.xml')), testSigns: ['Test=true'] }
    start
      .when(take('swift-bat.xml'))
      .and.when(takeDigest(test))
      .thenTypes('TriggerRefined', 'TriggerJudged', 'AlertRequestWithdrawn')
  })

  it('what runs is left alone where the policy says so', () => {
    const leaving = strategies.map((adopted) => ({
      ...adopted,
      strategy: {
        ...adopted.strategy,
        policy: { ...adopted.strategy.policy, refinedWhileRunning: 'leave' as const },
      },
    }))
    const running = { running: true, strategies: leaving }
    start
      .when(take('swift-bat.xml'))
      .and.when(take('swift-xrt.xml', running))
      .thenTypes('TriggerRefined', 'TriggerJudged')
  })

  it('P35 a cancelled alert is withdrawn, and asks for nothing again', () => {
    const cancelled = start.when(take('swift-bat.xml')).and.when({
      type: 'CancelAlert',
      mission: 'swift',
      triggerId: '1300001',
      at: soon,
      why: 'by hand',
    })
    cancelled.thenTypes('AlertCancelled', 'AlertRequestWithdrawn')
    cancelled.and.when(take('swift-xrt.xml')).thenTypes('TriggerRefined', 'TriggerJudged')
  })
})

const families = [
  ['swift-bat.xml', 'swift-slew.xml', 'swift-xrt.xml', 'swift-not-a-burst.xml'],
  ['fermi-gbm-alert.xml', 'fermi-gbm-flight.xml', 'fermi-gbm-ground.xml', 'fermi-gbm-final.xml'],
  [
    'lvk-preliminary.xml',
    'lvk-retraction.xml',
    'lvk-update-after.xml',
    'igwn-initial.json',
    'igwn-retraction.json',
  ],
  ['svom-grm.xml', 'svom-eclairs.xml', 'svom-mxt.xml', 'svom-retraction.xml'],
  ['icecube-gold-rev0.xml', 'icecube-gold-rev1.xml'],
]

const shuffled = fc
  .constantFrom(...families)
  .chain((family) =>
    fc.tuple(
      fc.constant(family),
      fc.shuffledSubarray(family, { minLength: family.length }),
      fc.array(fc.constantFrom(...family), { maxLength: 6 }),
    ),
  )

describe('laws of a trigger', () => {
  test.prop([shuffled])('any order of arrival leads to the same state', ([family, order]) => {
    expect(stateAfter(order).effective).toEqual(stateAfter(family).effective)
  })

  test.prop([shuffled])('repeats change nothing', ([, order, again]) => {
    const once = stateAfter(order)
    expect(stateAfter([...order, ...again])).toEqual(once)
  })

  test.prop([shuffled])('what is retracted in the end asks for nothing', ([, order]) => {
    const { effective, asked } = stateAfter(order)
    if (effective.state === 'retracted') expect(asked?.open ?? false).toBe(false)
  })
})
