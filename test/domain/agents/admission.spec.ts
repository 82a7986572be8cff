import { describe, expect, it } from 'vitest'
import { notAdmitted, type Policy } from '#domain/agents/admission.ts'
import type { AgentMessageSent } from '#domain/agents/message-events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { Actor } from '#domain/shared/metadata.ts'

const sentAt = '2026-11-21T02:00:00.000Z'
const messageId = '7a0c6d52-6a35-5d0f-9f1e-3a6a1f4f9d10'
const policy: Policy = { plan: ['user', 'agent'], 'Observation finished': ['agent'] }
const ana = { kind: 'user', id: 'ana' } as const

const sent = (
  data: Partial<AgentMessageSent['data']> = {},
  actor: Actor = ana,
): Recorded<AgentMessageSent> => ({
  type: 'AgentMessageSent',
  data: {
    ...{ agent: 'planner', messageId, name: 'plan', content: {}, from: actor.id },
    ...{ notBeforeAt: null, deadlineAt: null },
    ...data,
  },
  id: messageId,
  stream: `agentInbox-planner-${messageId}`,
  revision: 0n,
  position: { commit: 1n, prepare: 1n },
  metadata: {
    ...{ schemaVersion: 1, occurredAt: sentAt, correlationId: messageId, causationId: messageId },
    ...{ actor, site: 'osm', night: '2026-11-20' },
  },
})

const at = (message: Recorded<AgentMessageSent>, now = sentAt) => notAdmitted(message, 'planner', policy, now)

describe('an agent', () => {
  it('takes what makes sense, is in time, and comes from who may', () => {
    expect(at(sent())).toBeNull()
    expect(at(sent({ name: 'Observation finished' }, { kind: 'agent', id: 'observer' }))).toBeNull()
  })

  it.each([
    [{ from: '' }, /from ""/],
    [{ from: 'bob' }, /from "bob" and was sent by user ana/],
    [{ agent: 'observer' }, /for observer, not for planner/],
    [{ name: '' }, /no name/],
    [{ name: 'plan\u001b[2J' }, /no name/],
    [{ name: 'p'.repeat(101) }, /no name/],
    [{ deadlineAt: '2026-11-21T01:59:59.999Z' }, /before it was sent/],
  ])('I14 I16 refuses %j as malformed', (wrong, why) => {
    expect(at(sent(wrong))).toMatchObject({ code: 400, why: expect.stringMatching(why) })
  })

  it('I16 refuses what is over, and what has no end never is', () => {
    const inTime = sent({ deadlineAt: '2026-11-21T02:00:15.000Z' })
    expect(at(inTime, '2026-11-21T02:00:14.999Z')).toBeNull()
    expect(at(inTime, '2026-11-21T02:00:15.000Z')).toEqual({
      code: 401,
      why: 'its time was over at 2026-11-21T02:00:15.000Z',
    })
    expect(at(sent(), '2036-01-01T00:00:00.000Z')).toBeNull()
  })

  it('I16 refuses who may not, and everybody where nobody is named', () => {
    const simulator = { kind: 'simulator', id: 'plc' } as const
    expect(at(sent({}, simulator))).toMatchObject({ code: 401 })
    expect(at(sent({}, simulator))?.why).toBe('simulator plc may not ask for it; user, agent may')
    for (const name of ['dance', 'toString', 'constructor'])
      expect(at(sent({ name }))).toEqual({ code: 401, why: 'user ana may not ask for it; nobody may' })
  })
})
