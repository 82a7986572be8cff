import { describe, expect, it } from 'vitest'
import type { ProcessReacted } from '#domain/shared/process-events.ts'
import { processSentence } from '#domain/shared/process-sentences.ts'

const dispatch = (command: { type: string } & Record<string, unknown>) => ({
  kind: 'dispatch' as const,
  command,
})
const wakeAt = { kind: 'wakeAt' as const, timer: 'turn', at: '2026-11-21T02:14:00.000Z' }
const cancel = { kind: 'cancel' as const, timer: 'watchdog' }

const sentence = (effects: ProcessReacted['data']['effects']): string =>
  processSentence({
    type: 'ProcessReacted',
    data: {
      process: 'observer',
      instance: 'osm',
      answers: { eventId: '7f6f1f0e-6f0e-5f4e-9d0a-2f1f0c9b8a11', commit: '1', prepare: '1' },
      effects,
    },
  })

describe('a decision in words', () => {
  it.each([
    [
      [dispatch({ type: 'AskDevice', device: 'dome', name: 'close' })],
      'observer decided to ask dome to close',
    ],
    [
      [dispatch({ type: 'AbortObservation', sequenceId: 'm31.1', requestId: 'm31' }), cancel],
      'observer decided to abort observation m31.1',
    ],
    [[dispatch({ type: 'EnterPhase', phase: 'observing' })], 'observer decided to enter phase observing'],
    [[dispatch({ type: 'OpenNight' }), wakeAt], 'observer decided to open night, and when to look again'],
    [[wakeAt, cancel], 'observer decided to look again at 02:14:00 UTC (turn)'],
    [[cancel], 'observer no longer waits for watchdog'],
  ])('%j is %s', (effects, words) => expect(sentence(effects)).toBe(words))

  it('a timer says when and whose', () =>
    expect(
      processSentence({
        type: 'TimerFired',
        data: { process: 'observer', instance: 'osm', timer: 'turn', dueAt: '2026-11-21T02:14:00.000Z' },
      }),
    ).toBe('it was 02:14:00 UTC, when observer wanted to look again (turn)'))
})
