import { describe, expect, it } from 'vitest'
import type { AnyEvent } from '#domain/catalogue.ts'
import { channelNames, channels, isChannelName } from '#domain/live/channels.ts'
import { agentSenders, directory } from '#domain/live/directory.ts'
import { logSenders, namesOf, senderOf } from '#domain/live/senders.ts'
import { isWanted } from '#domain/live/subscription.ts'

const verdict = (quantity: 'rain' | 'wind'): AnyEvent => ({
  type: 'SafetyVerdictGiven',
  data: {
    state: 'unsafe',
    previous: 'safe',
    reasons: [
      {
        quantity,
        state: 'unsafe',
        text: quantity,
        value: 1,
        unit: '',
        limit: null,
        margin: null,
        since: '2026-11-21T02:00:00.000Z',
      },
    ],
    readingIds: [],
    reopenExpectedAt: null,
  },
})

describe('the senders', () => {
  it('S5 each can be heard on every channel that it declares', () => {
    for (const [name, { events, channels: declared }] of Object.entries(logSenders))
      for (const channel of declared) {
        const types: readonly string[] = channels[channel].types
        expect(
          events.some((type) => types.includes(type)),
          `${name} ${channel}`,
        ).toBe(true)
      }
  })

  it('S5 every channel is declared by somebody', () => {
    const declared = new Set(Object.values(logSenders).flatMap((one): readonly string[] => one.channels))
    expect(channelNames.filter((name) => !declared.has(name))).toEqual([])
  })

  it('a device is itself, whoever speaks for it, and a user is one of all users', () => {
    expect(senderOf({ kind: 'agent', id: 'dome-agent' })).toBe('dome')
    expect(senderOf({ kind: 'agent', id: 'alertManager' })).toBe('alert-manager')
    expect(senderOf({ kind: 'agent', id: 'majordome' })).toBe('majordome')
    expect(senderOf({ kind: 'user', id: 'ana' })).toBe('users')
  })

  it('S5 S6 an event is on the channels that its sender consents to, and on no other', () => {
    expect(namesOf('environment-monitor', verdict('rain'))).toEqual([
      'SafetyVerdictGiven',
      '#verdict',
      '#rain',
    ])
    expect(namesOf('environment-monitor', verdict('wind'))).toEqual(['SafetyVerdictGiven', '#verdict'])
    expect(namesOf('somebody-else', verdict('rain'))).toEqual(['SafetyVerdictGiven'])
  })

  it('agents are those that live and die', () => {
    expect(agentSenders).toEqual([
      'majordome',
      'planner',
      'observer',
      'calibrator',
      'alert-manager',
      'quota-keeper',
    ])
    expect(directory.namesOf('client-7f')).toEqual(['#connect', '#disconnect'])
    expect(directory.namesOf('toString')).toBeNull()
    expect(isChannelName('toString')).toBe(false)
  })

  it.each([
    [null, null, true],
    ['dome', null, true],
    ['plc', null, false],
    [null, '#link', true],
    ['dome', 'DeviceLinkLost', true],
    ['dome', 'DeviceLinkRestored', false],
  ])('S1 S3 S4 S5 who wants (%s, %s) hears a lost line of the dome: %s', (sender, event, heard) => {
    expect(isWanted({ sender, event }, 'dome', ['DeviceLinkLost', '#link'])).toBe(heard)
  })
})
