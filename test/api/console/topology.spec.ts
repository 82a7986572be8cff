import { expect, it } from 'vitest'
import { changesBetween, nothing, topologyOf } from '#api/console/topology.ts'
import type { Graph } from '#commands/agents/registry.ts'

const node = (id: string): Graph['nodes'][number] => ({ id, kind: 'part', state: 'up', perSecond: null })
const graph = (ids: readonly string[], links: readonly [string, string][]): Graph => ({
  nodes: ids.map(node),
  links: links.map(([from, to]) => ({ from, to })),
})

const before = topologyOf(graph(['log', 'planner'], [['log', 'planner']]))
const after = topologyOf(graph(['log', 'live', 'lonely'], [['log', 'live']]))

it('K1 K11 draws everything there is: boxes with their inboxes and outboxes, and what joins them', () => {
  expect(changesBetween(nothing, before)).toEqual([
    'ADD NODE "log" "log" randompos component',
    'ADD NODE "log.o.outbox" "outbox" randompos outbox',
    'ADD NODE "planner" "planner" randompos component',
    'ADD NODE "planner.i.inbox" "inbox" randompos inbox',
    'ADD LINK "log" "log.o.outbox"',
    'ADD LINK "planner.i.inbox" "planner"',
    'ADD LINK "log.o.outbox" "planner.i.inbox"',
  ])
})

it('K11 then only what changes: DEL LINK, DEL NODE, ADD NODE, ADD LINK', () => {
  expect(changesBetween(before, after)).toEqual([
    'DEL LINK "planner.i.inbox" "planner"',
    'DEL LINK "log.o.outbox" "planner.i.inbox"',
    'DEL NODE "planner"',
    'DEL NODE "planner.i.inbox"',
    'ADD NODE "live" "live" randompos component',
    'ADD NODE "live.i.inbox" "inbox" randompos inbox',
    'ADD NODE "lonely" "lonely" randompos component',
    'ADD LINK "live.i.inbox" "live"',
    'ADD LINK "log.o.outbox" "live.i.inbox"',
  ])
})

it('K11 is silent when nothing changes', () => {
  expect(changesBetween(after, after)).toEqual([])
})
