import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { closingMove } from '#domain/devices/closing.ts'
import { type ConversationCommand, conversation } from '#domain/devices/conversation.ts'

const subject = {
  device: 'dome',
  conversationId: '910ed4b6-12db-54a6-a2a5-a12ca4528322',
  name: 'open',
  night: '2026-11-20',
} as const

const steps: readonly ConversationCommand[] = [
  {
    ...subject,
    type: 'Request',
    parameters: {},
    deadlineAt: '2026-11-21T04:01:30.000Z',
    idempotent: false,
    refusal: null,
  },
  { ...subject, type: 'Agree' },
  { ...subject, type: 'Refuse', code: 'busy', why: 'at something else' },
  { ...subject, type: 'Complete', result: {} },
  { ...subject, type: 'Fail', code: 'unreachable', why: 'nobody answers' },
  { ...subject, type: 'TimeOut', afterS: 90 },
]
const ends = /(Refused|Completed|Failed|TimedOut)$/

const told = (commands: readonly ConversationCommand[]) => {
  let state = conversation.initial
  return commands.flatMap((command) => {
    const events = conversation.decide(command, state)
    state = events.reduce((before, event) => conversation.evolve(before, event, ''), state)
    return events.map(({ type }) => type)
  })
}

describe('a conversation with a device', () => {
  it('I7, I8, I10 whatever is said in whatever order: it begins with its request, ends once, and nothing comes after', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), (commands) => {
        const types = told(commands)
        if (types.length > 0) expect(types[0]).toBe('DeviceCommandRequested')
        const endAt = types.findIndex((type) => ends.test(type))
        if (endAt >= 0) expect(endAt).toBe(types.length - 1)
        expect(types.filter((type) => type === 'DeviceCommandAgreed').length).toBeLessThanOrEqual(1)
        if (types.at(-1) === 'DeviceCommandRefused') expect(types).not.toContain('DeviceCommandAgreed')
      }),
    )
  })

  it('repeating what was said appends nothing', () => {
    const [request, agree, , complete] = steps
    if (!request || !agree || !complete) throw new Error('the steps have gone')
    const once = told([request, agree, complete])
    expect(told([request, request, agree, agree, complete, complete])).toEqual(once)
  })
})

describe('a roof that does not close', () => {
  it('is told at once, again after 65 s, and with every step of the ladder from 300 s on', () => {
    expect(closingMove({ sinceS: 0, sinceSentS: Number.POSITIVE_INFINITY, stepsTaken: 0 })).toEqual({
      send: true,
      step: null,
    })
    expect(closingMove({ sinceS: 64, sinceSentS: 64, stepsTaken: 0 }).send).toBe(false)
    expect(closingMove({ sinceS: 65, sinceSentS: 65, stepsTaken: 0 }).send).toBe(true)
    expect(closingMove({ sinceS: 299, sinceSentS: 40, stepsTaken: 0 }).step).toBeNull()
    expect(closingMove({ sinceS: 300, sinceSentS: 41, stepsTaken: 0 })).toEqual({
      send: true,
      step: 'reconnect',
    })
    expect(closingMove({ sinceS: 365, sinceSentS: 65, stepsTaken: 1 }).step).toBe('reset')
    expect(closingMove({ sinceS: 430, sinceSentS: 65, stepsTaken: 2 }).step).toBe('power-cycle')
    expect(closingMove({ sinceS: 495, sinceSentS: 65, stepsTaken: 3 }).step).toBe('give-up')
  })

  it('is told for ever: giving up aloud ends nothing', () => {
    const day = 86_400
    expect(closingMove({ sinceS: day, sinceSentS: 65, stepsTaken: 4 })).toEqual({ send: true, step: null })
  })
})
