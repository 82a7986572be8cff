import { describe, expect, it } from 'vitest'
import { Callbacks } from '#commands/agents/callbacks.ts'

const message = { id: '1', name: 'plan', content: {}, from: 'ada' }

describe('callbacks of an agent', () => {
  it('I6 are told before, and after with the result, until removed', () => {
    const callbacks = new Callbacks()
    const told: unknown[] = []
    const removeBefore = callbacks.before('plan', ({ name }) => told.push(name))
    callbacks.after('plan', (_, result) => told.push(result))
    callbacks.after('other', () => told.push('never'))
    callbacks.tellBefore(message)
    callbacks.tellAfter(message, 12)
    removeBefore()
    callbacks.tellBefore(message)
    expect(told).toEqual(['plan', 12])
  })

  it('I6 of the next message come once', async () => {
    const callbacks = new Callbacks()
    const next = callbacks.next('plan')
    callbacks.tellAfter(message, 1)
    callbacks.tellAfter(message, 2)
    expect(await next).toBe(1)
  })
})
