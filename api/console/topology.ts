import type { Graph } from '#commands/agents/registry.ts'

/** What stands in a drawing of the running system: each box with its line, each arrow. */
export type Topology = { readonly nodes: ReadonlyMap<string, string>; readonly links: readonly string[] }

export const nothing: Topology = { nodes: new Map(), links: [] }

type Kind = 'component' | 'inbox' | 'outbox'

const inboxOf = (id: string): string => `${id}.i.inbox`
const outboxOf = (id: string): string => `${id}.o.outbox`

/** Boxes with the inboxes and outboxes that something flows through. */
export const topologyOf = ({ nodes, links }: Graph): Topology => {
  const all = new Map<string, string>()
  const arrows: string[] = []
  const add = (id: string, name: string, kind: Kind) => {
    all.set(id, `ADD NODE ${JSON.stringify(id)} ${JSON.stringify(name)} randompos ${kind}`)
  }
  const arrow = (from: string, to: string) => arrows.push(`${JSON.stringify(from)} ${JSON.stringify(to)}`)
  for (const { id, inbox } of nodes) {
    add(id, id, 'component')
    if (inbox || links.some(({ to }) => to === id)) {
      add(inboxOf(id), 'inbox', 'inbox')
      arrow(inboxOf(id), id)
    }
    if (links.some(({ from }) => from === id)) {
      add(outboxOf(id), 'outbox', 'outbox')
      arrow(id, outboxOf(id))
    }
  }
  for (const { from, to } of links) arrow(outboxOf(from), inboxOf(to))
  return { nodes: all, links: arrows }
}

const without = (some: Iterable<string>, others: Iterable<string>): string[] => {
  const known = new Set(others)
  return [...some].filter((one) => !known.has(one))
}

/** What makes one of the other (K11): arrows go before their boxes, and boxes come before their arrows. */
export const changesBetween = (before: Topology, after: Topology): string[] => [
  ...without(before.links, after.links).map((link) => `DEL LINK ${link}`),
  ...without(before.nodes.keys(), after.nodes.keys()).map((id) => `DEL NODE ${JSON.stringify(id)}`),
  ...without(after.nodes.keys(), before.nodes.keys()).map((id) => after.nodes.get(id) ?? ''),
  ...without(after.links, before.links).map((link) => `ADD LINK ${link}`),
]
