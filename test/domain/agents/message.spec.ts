import { fc, it as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { conversationAfter, conversationInputs, faultOf, isSettled } from '#domain/agents/conversation.ts'
import { type MessageCommand, messageDecider, OutOfTurn } from '#domain/agents/message.ts'

const about = { agent: 'planner', messageId: '7a0c6d52-6a35-5d0f-9f1e-3a6a1f4f9d10', name: 'plan' }
const at = '2026-11-21T02:00:00.000Z'
const sent: MessageCommand = {
  type: 'SendMessage',
  ...about,
  content: {},
  from: 'majordome',
  notBeforeAt: null,
  deadlineAt: null,
}
const agree: MessageCommand = { type: 'AgreeMessage', ...about }
const settle: MessageCommand = { type: 'SettleMessage', ...about, result: 12 }
const refuse: MessageCommand = { type: 'RefuseMessage', ...about, code: 409, why: 'no' }
const timeOut: MessageCommand = { type: 'TimeMessageOut', ...about, at: '2026-11-21T02:00:15.000Z' }
const revoke: MessageCommand = { type: 'RevokeMessage', ...about, terminate: false }
const breakOff: MessageCommand = { type: 'RevokeMessage', ...about, terminate: true }

/** The types of what a chain of commands leads to. */
const typesAfter = (...commands: readonly MessageCommand[]) => {
  let state = messageDecider.initial
  return commands.flatMap((command) => {
    const events = messageDecider.decide(command, state)
    state = events.reduce((before, event) => messageDecider.evolve(before, event, at), state)
    return events.map(({ type }) => type)
  })
}

describe('a message to an agent', () => {
  it('I7 goes from request over agreement to its result', () =>
    expect(typesAfter(sent, agree, settle)).toEqual([
      'AgentMessageSent',
      'AgentMessageAgreed',
      'AgentMessageHandled',
    ]))

  it('I7 cannot have a result that nobody agreed to give', () => {
    expect(conversationAfter('REQUESTED', 'result')).toBe('ERROR')
    expect(() => typesAfter(sent, settle)).toThrow(OutOfTurn)
  })

  it('I8 is settled at once by a refusal', () => {
    expect(isSettled(conversationAfter('REQUESTED', 'refuse'))).toBe(true)
    expect(typesAfter(sent, refuse, settle)).toEqual([
      'AgentMessageSent',
      'AgentMessageRefused',
      'AgentReplyDropped',
    ])
  })

  it('I10 is closed by a timeout, and a late reply is recorded and dropped', () =>
    expect(typesAfter(sent, agree, timeOut, settle)).toEqual([
      'AgentMessageSent',
      'AgentMessageAgreed',
      'AgentMessageTimedOut',
      'AgentReplyDropped',
    ]))

  it('I11 names by its code whose fault a failure is', () =>
    expect([400, 499, 500, 599, 600].map(faultOf)).toEqual(['caller', 'caller', 'agent', 'agent', 'unknown']))

  it('A17 can be taken back while it waits, and in hand only when it is to be broken off', () => {
    expect(typesAfter(sent, revoke)).toEqual(['AgentMessageSent', 'AgentMessageRevoked'])
    expect(() => typesAfter(sent, agree, revoke)).toThrow(OutOfTurn)
    expect(typesAfter(sent, agree, breakOff).at(-1)).toBe('AgentMessageAborted')
  })

  property.prop([fc.array(fc.constantFrom(...conversationInputs))])(
    'I10 stays settled, whatever comes later',
    (inputs) => {
      const states = inputs.map((_, i) => inputs.slice(0, i + 1).reduce(conversationAfter, 'INIT' as const))
      const first = states.findIndex(isSettled)
      if (first >= 0) expect(new Set(states.slice(first)).size).toBe(1)
    },
  )
})
