import { describe, expect, it } from 'vitest'
import { isNews } from '#domain/sentences.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { storyOf } from '#domain/story.ts'
import { observingAt, sampleWholeNight } from '#test/support/sample-whole-night.ts'
import { whyOf } from '#test/support/story-of.ts'

const log = sampleWholeNight({ from: observingAt(-5_400), until: observingAt(13_500) })

const dataOf = ({ data }: Recorded): Readonly<Record<string, unknown>> => ({ ...Object(data) })

const found = (type: string, wanted: Readonly<Record<string, unknown>>): string => {
  const event = log.find(
    (one) =>
      one.type === type && Object.entries(wanted).every(([name, value]) => dataOf(one)[name] === value),
  )
  if (!event) throw new Error(`no ${type} in the sample`)
  return event.id
}

const linesOf = async (type: string, wanted: Readonly<Record<string, unknown>>): Promise<string[]> =>
  (await whyOf(log, found(type, wanted))).map(({ text }) => text)

/** The lines are there, in this order. */
const inOrder = (lines: readonly string[], wanted: readonly RegExp[]) => {
  const places = wanted.map((words) => lines.findIndex((line) => words.test(line)))
  expect(wanted.filter((_, i) => places[i] === -1)).toEqual([])
  expect(places).toEqual(places.toSorted((a, b) => a - b))
}

describe('why an observation was aborted', () => {
  it('goes back to the suspension, the verdict, its judgement and the readings', async () => {
    const lines = await linesOf('ObservationAborted', { why: 'weather' })
    inOrder(lines, [
      /^ObservationAborted: observation of survey.4 aborted \(weather\): rain 3 mm\/h/,
      /^ProcessReacted: observer decided to abort observation survey.4, ask visible-camera to abort/,
      /^ObservingSuspended: observing suspended \(weather\)/,
      /^ProcessReacted: majordome decided to suspend observing, ask dome to close/,
      /^SafetyVerdictGiven: became unsafe: rain/,
      /^EnvironmentAssessed/,
      /^VantagePro sent RainRate 3 mm\/h$/,
    ])
    // The story is about rain: nothing of the wind.
    expect(lines.filter((line) => /wind/i.test(line))).toEqual([])
  })

  it('goes back to what the device answered', async () =>
    inOrder(await linesOf('ObservationAborted', { why: 'device' }), [
      /^ObservationAborted/,
      /^DeviceCommandFailed: visible-camera failed to expose \(broken\): the shutter is stuck/,
      /^DeviceCommandRequested: visible-camera is asked to expose/,
    ]))
})

describe('why there is an image', () => {
  it('goes back to the conversation, the observer, the schedule, the request and the person', async () => {
    const lines = await linesOf('ImageAcquired', { sequenceId: 'survey.1', number: 10 })
    inOrder(lines, [
      /^ImageAcquired: image 10 of 60 s in r/,
      /^ObservationStarted: observation of survey.1 begun/,
      /^DeviceCommandCompleted: visible-camera has done expose/,
      /^SchedulePublished: plan 1, because of submission/,
      /^field survey.1 from .* UTC at 70.0°/,
      /^RequestSubmitted: .*galileo/,
      /^DeviceCommandRequested: visible-camera is asked to expose/,
      /^it began with command .*, given by user galileo$/,
    ])
  })

  it('does not go through the exposures before it', async () => {
    const lines = await linesOf('ImageAcquired', { sequenceId: 'survey.1', number: 10 })
    expect(lines.filter((line) => line.startsWith('DeviceCommandCompleted'))).toHaveLength(1)
    expect(lines.length).toBeLessThan(20)
  })

  it('ends at other observations that a plan came from', async () => {
    const lines = await linesOf('ImageAcquired', { sequenceId: 'survey.3', number: 1 })
    expect(
      lines.filter((line) => line.startsWith('ObservationFinished: observation of survey.2')),
    ).toHaveLength(1)
    expect(lines.filter((line) => line.includes('survey.1 '))).toEqual([])
  })
})

describe('why a trigger was not observed', () => {
  it('has every gate with its words, and which refused', async () => {
    const lines = await linesOf('TriggerJudged', { trigger: 'swift-99999' })
    expect(lines.filter((line) => line.endsWith('— refused'))).not.toEqual([])
    expect(lines.some((line) => /, test: .*— refused$/.test(line))).toBe(true)
  })
})

describe('news', () => {
  it('is what came of decisions and conversations, not each step of them', () => {
    const news = new Set(log.filter(isNews).map(({ type }) => type))
    for (const type of ['ImageAcquired', 'ObservingSuspended', 'DeviceCommandFailed', 'TriggerJudged'])
      expect(news).toContain(type)
    for (const type of ['ProcessReacted', 'TimerFired', 'DeviceCommandCompleted', 'NoticeReceived'])
      expect(news).not.toContain(type)
  })
})

describe('who did it', () => {
  it('is a user, and what spoke for the user', () => {
    const [event] = log
    if (!event) throw new Error('the sample is empty')
    const actor = { kind: 'user', id: 'ana', via: 'token:t-1' } as const
    const told = { ...event, metadata: { ...event.metadata, actor } }
    expect(storyOf([{ kind: 'event', depth: 0, event: told }])[0]?.text).toContain(
      '(user ana through token:t-1',
    )
  })
})
