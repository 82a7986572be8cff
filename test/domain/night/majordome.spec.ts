import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { SafetyState } from '#domain/environment/events.ts'
import { phaseTimes } from '#domain/night/sun-phases.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds, epochMsOf } from '#domain/shared/time.ts'
import { type Behaviour, PureNight } from '#test/support/pure-night.ts'

const noon = '2026-11-20T20:00:00.000Z'
const nextNoon = '2026-11-21T20:00:00.000Z'
const times = phaseTimes(sanPedroMartir, '2026-11-20')
const at = (phase: 'opening' | 'observing' | 'closing', plusS = 0) => addSeconds(times[phase] ?? noon, plusS)

const begun = (behaviour?: Behaviour) => {
  const night = new PureNight(noon, behaviour)
  night.verdict('safe')
  night.open()
  return night
}

/** What became of the roof, in order, with the times. */
const roof = ({ log }: PureNight) =>
  log.flatMap(({ type, data, metadata }) =>
    type === 'DeviceStatusRecorded' && (data as { device: string }).device === 'dome'
      ? [
          {
            at: metadata.occurredAt,
            shutter: String((data as { status: { shutter: string } }).status.shutter),
          },
        ]
      : [],
  )

const commandsTo = ({ log }: PureNight, device: string) =>
  log.flatMap(({ type, data }) => {
    const asked = data as { device: string; name: string }
    return type === 'DeviceCommandRequested' && asked.device === device ? [asked.name] : []
  })

describe('W14 the majordome, alone', () => {
  it('leads a clear night through its phases, by the Sun, from opening to the day after', () => {
    const night = begun()
    night.until(nextNoon)
    const phases = night.log.flatMap(({ type, data }) =>
      type === 'NightPhaseEntered' ? [(data as { phase: string }).phase] : [],
    )
    expect(phases).toEqual([
      'opening',
      'evening-flats',
      'focusing',
      'observing',
      'morning-flats',
      'closing',
      'calibrations',
      'day',
    ])
    expect(commandsTo(night, 'dome')).toEqual(['close', 'open', 'close'])
    // The dome's agent has it parked before it moves the roof.
    expect(commandsTo(night, 'telescope')).toEqual(['unpark'])
    expect(night.types('NightClosed', 'NightOpened')).toEqual(['NightOpened', 'NightClosed', 'NightOpened'])
  })

  it('P39 suspends and closes when the verdict turns, and reopens by a decision on record when it is safe again', () => {
    const night = begun()
    night.until(at('observing', 3600))
    night.verdict('unsafe')
    night.until(at('observing', 3700))
    expect(roof(night).at(-1)?.shutter).toBe('closed')
    night.verdict('warn')
    night.until(at('observing', 4000))
    expect(roof(night).at(-1)?.shutter).toBe('closed')
    night.verdict('safe')
    night.until(at('observing', 4100))
    expect(roof(night).at(-1)?.shutter).toBe('open')
    const course = night.types('ObservingSuspended', 'ObservingResumed', 'SafetyVerdictGiven')
    expect(course.slice(1)).toEqual([
      'SafetyVerdictGiven',
      'ObservingSuspended',
      'SafetyVerdictGiven',
      'SafetyVerdictGiven',
      'ObservingResumed',
    ])
  })

  it('does not open without a verdict: unknown counts as unsafe', () => {
    const night = new PureNight(noon)
    night.open()
    night.until(at('closing'))
    expect(commandsTo(night, 'dome')).not.toContain('open')
    expect(night.types('ObservingSuspended')).toHaveLength(1)
  })

  it('enters only the phase that it is when it is begun in the middle of the night, and opens nothing by day', () => {
    const late = new PureNight(at('observing', 3600))
    late.verdict('safe')
    late.open()
    late.until(at('observing', 3700))
    expect(late.types('NightPhaseEntered')).toHaveLength(1)
    expect(roof(late).at(-1)?.shutter).toBe('open')
    const morning = new PureNight(at('closing', 3600))
    morning.verdict('safe')
    morning.open()
    morning.until(nextNoon)
    expect(commandsTo(morning, 'dome')).not.toContain('open')
  })

  it('P40 leaves the roof alone in manual mode, closes it under a bad verdict, and takes over again', () => {
    const night = begun()
    night.until(at('observing', 600))
    night.mode('manual')
    night.until(at('observing', 700))
    expect(roof(night).at(-1)?.shutter).toBe('open')
    night.verdict('unsafe')
    night.until(at('observing', 800))
    expect(roof(night).at(-1)?.shutter).toBe('closed')
    night.verdict('safe')
    night.until(at('observing', 900))
    expect(roof(night).at(-1)?.shutter).toBe('closed')
    night.mode('automatic')
    night.until(at('observing', 1000))
    expect(roof(night).at(-1)?.shutter).toBe('open')
  })

  it('touches nothing in engineering mode', () => {
    const night = begun()
    night.until(at('observing', 600))
    night.mode('engineering')
    const before = commandsTo(night, 'dome').length
    night.verdict('unsafe')
    night.until(nextNoon)
    expect(commandsTo(night, 'dome')).toHaveLength(before)
  })

  it('suspends for a roof that does not open, and tries again after a while', () => {
    let broken = true
    const night = begun(({ name }) =>
      name === 'open' && broken ? { afterS: 30, fails: 'it is stuck' } : { afterS: 30 },
    )
    night.until(at('opening', 60))
    expect(night.log.find(({ type }) => type === 'ObservingSuspended')?.data).toMatchObject({
      why: 'device',
      detail: expect.stringContaining('stuck'),
    })
    broken = false
    night.until(at('opening', 600))
    expect(roof(night).at(-1)?.shutter).toBe('open')
  })

  it('tries again soon when it was one of ours that was away as the roof opened', () => {
    let away = true
    const night = begun(({ name }) =>
      name === 'open' && away
        ? { afterS: 20, fails: 'the dome closed while it was told to open', code: 'closed_again' }
        : { afterS: 30 },
    )
    night.until(at('opening', 40))
    away = false
    night.until(at('opening', 140))
    expect(roof(night).at(-1)?.shutter).toBe('open')
  })

  it('waits for the end of a closing before it opens again', () => {
    const night = begun()
    night.until(at('observing', 3600))
    night.verdict('unsafe')
    night.until(at('observing', 3605))
    night.verdict('safe')
    night.until(at('observing', 3625))
    expect(commandsTo(night, 'dome').at(-1)).toBe('close')
    night.until(at('observing', 3700))
    expect(commandsTo(night, 'dome').at(-1)).toBe('open')
    expect(roof(night).at(-1)?.shutter).toBe('open')
  })

  const person = { metadata: { actor: { kind: 'user', id: 'olga' } } } as const
  const order = (name: string) => ({ device: 'dome', conversationId: `of-olga-${name}`, name })
  const dome = (closedSwitch: boolean) => ({
    type: 'DeviceStatusRecorded',
    data: { device: 'dome', status: { closedSwitch, openSwitch: !closedSwitch }, faults: [] },
  })

  it('P40 lets the refusal of a person’s order be that person’s affair', () => {
    const night = begun()
    night.until(at('observing', 600))
    night.happen('device-dome', { type: 'DeviceCommandRequested', data: order('open') }, person)
    const why = { code: 'refused_in_automatic', why: 'manual commands are refused in automatic mode' }
    night.happen('device-dome', { type: 'DeviceCommandRefused', data: { ...order('open'), ...why } }, person)
    night.until(at('observing', 1200))
    expect(night.types('ObservingSuspended')).toEqual([])
    expect(roof(night).at(-1)?.shutter).toBe('open')
  })

  it('P40 does not close behind a person who opens by hand, after trouble with the roof either', () => {
    let broken = true
    const night = begun(({ name }) =>
      name === 'open' && broken ? { afterS: 30, fails: 'it is stuck' } : { afterS: 30 },
    )
    night.until(at('opening', 100))
    broken = false
    night.mode('manual')
    night.happen('device-dome', { type: 'DeviceCommandRequested', data: order('open') }, person)
    night.happen('device-dome', { type: 'DeviceCommandAgreed', data: order('open') })
    const before = commandsTo(night, 'dome').length
    night.happen('device-dome', dome(false))
    night.happen('device-dome', { type: 'DeviceCommandCompleted', data: { ...order('open'), result: {} } })
    night.until(at('observing', 600))
    expect(commandsTo(night, 'dome')).toHaveLength(before)
    // The retry's time came while it was in a person's hands: it is not forgotten.
    night.mode('automatic')
    night.until(at('observing', 700))
    expect(night.types('ObservingSuspended', 'ObservingResumed').at(-1)).toBe('ObservingResumed')
    expect(commandsTo(night, 'telescope').at(-1)).toBe('unpark')
  })

  it('suspends when the roof closes by itself, parks, and opens it again', () => {
    const night = begun()
    night.until(at('observing', 600))
    night.happen('device-dome', dome(true))
    night.until(at('observing', 700))
    expect(night.log.findLast(({ type }) => type === 'ObservingSuspended')?.data).toMatchObject({
      why: 'device',
      detail: 'the roof closed by itself',
    })
    expect(commandsTo(night, 'telescope')).toEqual(['unpark', 'park', 'unpark'])
    expect(commandsTo(night, 'dome').slice(-1)).toEqual(['open'])
    expect(night.types('ObservingSuspended', 'ObservingResumed').at(-1)).toBe('ObservingResumed')
  })

  it('goes on when the switch says closed, though the order to close came to no good end', () => {
    const night = begun(({ name }) => (name === 'close' ? { afterS: 30, fails: 'no end' } : { afterS: 30 }))
    night.until(at('closing', 40))
    expect(night.types('NightPhaseEntered').length).toBe(6)
    night.happen('device-dome', dome(true))
    night.until(at('closing', 1200))
    expect(night.types('NightClosed')).toHaveLength(1)
  })

  it('takes the power for lost only after the warning of it', () => {
    const told = (night: PureNight, state: 'safe' | 'warn' | 'unsafe', ups?: 'warn' | 'unsafe') =>
      night.happen('environment', {
        type: 'SafetyVerdictGiven',
        data: {
          state,
          previous: null,
          reasons: ups ? [{ quantity: 'ups', state: ups, text: 'UPS' }] : [],
          readingIds: [],
          reopenExpectedAt: null,
        },
      })
    const night = begun()
    night.until(at('observing', 600))
    // As after a silence of the PLC: measured again, and held for a while.
    told(night, 'unsafe', 'unsafe')
    night.until(at('observing', 700))
    told(night, 'safe')
    expect(night.types('ControlModeChanged')).toEqual([])
    night.until(at('observing', 900))
    told(night, 'warn', 'warn')
    told(night, 'unsafe', 'unsafe')
    night.until(at('observing', 1000))
    expect(night.types('ControlModeChanged')).toHaveLength(1)
  })

  it('asks again and again for a close that fails', () => {
    let failures = 3
    const night = begun(({ name }) =>
      name === 'close' && failures-- > 0 ? { afterS: 5, fails: 'it is stuck' } : { afterS: 30 },
    )
    night.until(addSeconds(noon, 600))
    expect(commandsTo(night, 'dome')).toEqual(['close', 'close', 'close', 'close'])
  })

  const turn = fc.record({
    afterS: fc.integer({ min: 1, max: 4000 }),
    does: fc.constantFrom<SafetyState | 'manual' | 'automatic'>(
      'safe',
      'warn',
      'unsafe',
      'unknown',
      'manual',
      'automatic',
    ),
  })

  test.prop([fc.array(turn, { maxLength: 40 })], { numRuns: 150 })(
    'whatever the weather and people do, the roof is never open longer than it takes to close under a bad verdict',
    (turns) => {
      const night = begun()
      night.until(at('opening', 120))
      for (const { afterS, does } of turns) {
        night.until(addSeconds(night.now, afterS))
        if (does === 'manual' || does === 'automatic') night.mode(does)
        else night.verdict(does)
      }
      night.until(addSeconds(night.now, 6000))
      expect(unsafeOpenS(night)).toBeLessThanOrEqual(60)
      expect(openings(night).every(({ verdict }) => verdict === 'safe')).toBe(true)
    },
  )
})

type Seen = { readonly verdict: string; readonly open: boolean }

/** The longest time that the roof was not closed under a verdict that is not safe and no warning, in seconds. */
const unsafeOpenS = ({ log, now }: PureNight): number => {
  let seen: Seen = { verdict: 'unknown', open: false }
  let since: number | null = null
  let longest = 0
  for (const { type, data, metadata } of log) {
    seen = after(seen, type, data)
    const bad = seen.open && seen.verdict !== 'safe' && seen.verdict !== 'warn'
    const atMs = epochMsOf(metadata.occurredAt)
    if (bad) since ??= atMs
    else since = null
    if (since !== null) longest = Math.max(longest, (atMs - since) / 1000)
  }
  return since === null ? longest : Math.max(longest, (epochMsOf(now) - since) / 1000)
}

const after = (seen: Seen, type: string, data: unknown): Seen => {
  if (type === 'SafetyVerdictGiven') return { ...seen, verdict: (data as { state: string }).state }
  const { device, status } = data as { device: string; status: { closedSwitch: boolean } }
  return type === 'DeviceStatusRecorded' && device === 'dome' ? { ...seen, open: !status.closedSwitch } : seen
}

/** Every order to open, with the verdict of that moment. */
const openings = ({ log }: PureNight): Seen[] => {
  let seen: Seen = { verdict: 'unknown', open: false }
  return log.flatMap(({ type, data }) => {
    seen = after(seen, type, data)
    return type === 'DeviceCommandRequested' && (data as { name: string }).name === 'open' ? [seen] : []
  })
}
