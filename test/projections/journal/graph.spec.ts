import { describe, expect, it } from 'vitest'
import { type CauseEdge, explore } from '#projections/journal/graph.ts'

const edges = (...pairs: readonly [cause: string, effect: string][]): CauseEdge[] =>
  pairs.map(([cause, effect]) => ({ cause, effect, through: 'causationId' }))

const back = (all: readonly CauseEdge[]) => async (ids: readonly string[]) =>
  all.filter(({ effect }) => ids.includes(effect))

const limits = { depth: 10, nodes: 100 }

describe('exploring causes', () => {
  it('ends in a cycle, an event that names itself included', async () => {
    const cycle = edges(['a', 'b'], ['b', 'c'], ['c', 'a'], ['a', 'a'])
    const { depths, edges: found, complete } = await explore('a', 'causes', back(cycle), limits)
    expect([...depths]).toEqual([
      ['a', 0],
      ['c', 1],
      ['b', 2],
    ])
    expect(found).toHaveLength(4)
    expect(complete).toBe(true)
  })

  it('takes the shortest way where several lead to one event, and keeps every edge once', async () => {
    const diamond = edges(
      ['root', 'left'],
      ['root', 'right'],
      ['left', 'end'],
      ['right', 'end'],
      ['root', 'end'],
    )
    const { depths, edges: found } = await explore('end', 'causes', back(diamond), limits)
    expect(depths.get('root')).toBe(1)
    expect(found).toHaveLength(5)
  })

  it('goes forward as well as back', async () => {
    const chain = edges(['a', 'b'], ['b', 'c'])
    const forward = async (ids: readonly string[]) => chain.filter(({ cause }) => ids.includes(cause))
    expect([...(await explore('a', 'effects', forward, limits)).depths.keys()]).toEqual(['a', 'b', 'c'])
  })

  it('says when depth or number cut something off', async () => {
    const chain = edges(['c', 'b'], ['b', 'a'])
    const shallow = await explore('a', 'causes', back(chain), { depth: 1, nodes: 100 })
    expect([[...shallow.depths.keys()], shallow.complete]).toEqual([['a', 'b'], false])
    const fan = edges(...Array.from({ length: 9 }, (_, i): [string, string] => [`${i}`, 'a']))
    const few = await explore('a', 'causes', back(fan), { depth: 10, nodes: 4 })
    expect([few.depths.size, few.edges.length, few.complete]).toEqual([4, 3, false])
  })
})
