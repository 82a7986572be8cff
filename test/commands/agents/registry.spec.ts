import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { Registry } from '#commands/agents/registry.ts'

describe('the registry of what runs', () => {
  it('K11 shows boxes and links while they run, how full and how fast', async () => {
    const clock = new VirtualClock(0)
    const registry = new Registry(clock)
    let handled = 10
    const inbox = { waiting: 3, capacity: 64 }
    registry.register({ id: 'store', kind: 'store', links: ['planner'], look: () => ({ state: 'up' }) })
    const leave = registry.register({
      id: 'planner',
      kind: 'agent',
      links: ['store', 'nobody'],
      look: () => ({ state: 'up', inbox, handled }),
    })
    registry.graph()
    handled = 40
    await clock.advanceBy(10_000)
    expect(registry.graph()).toEqual({
      nodes: [
        { id: 'store', kind: 'store', state: 'up', perSecond: null },
        { id: 'planner', kind: 'agent', state: 'up', inbox, handled: 40, perSecond: 3 },
      ],
      links: [
        { from: 'store', to: 'planner' },
        { from: 'planner', to: 'store' },
      ],
    })
    leave()
    expect(registry.graph().links).toEqual([])
  })

  it('I17 refuses a second component by the same name', () => {
    const registry = new Registry(new VirtualClock(0))
    const component = { id: 'one', kind: 'part', links: [], look: () => ({ state: 'up' }) } as const
    registry.register(component)
    expect(() => registry.register(component)).toThrow('one is registered already')
  })
})
