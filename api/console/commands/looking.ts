import { columns } from '#api/cli/columns.ts'
import { nightShown } from '#api/http/night/shapes.ts'
import { whatNow } from '#api/http/night/what-now.ts'
import { sentenceOf } from '#domain/sentences.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { instantOf } from '#domain/shared/time.ts'
import { storyOf } from '#domain/story.ts'
import { allAgents } from '#projections/agents/queries.ts'
import { projections } from '#projections/catalogue.ts'
import { readReports } from '#projections/engine/reports.ts'
import { causeGraph } from '#projections/journal/causes.ts'
import { journalRow } from '#projections/journal/queries.ts'
import { newestNight, roofOf } from '#projections/nights/queries.ts'
import { runningObservation } from '#projections/observations/queries.ts'
import { nextEntry } from '#projections/schedule/next-entry.ts'
import type { Call, ConsoleCommand, ConsoleParts } from '../command.ts'
import { InputWrong } from '../input.ts'

const one = ({ words }: Call['input'], what: string): string => {
  const [, first] = words
  if (first === undefined) throw new InputWrong(`name ${what}`)
  return first
}

export const clockTime = (instant: string): string => instant.slice(11, 19)

const said = (event: Recorded): string => `${event.type}: ${sentenceOf(event) ?? 'no words for it yet'}`

export const agents: ConsoleCommand = {
  usage: 'agents',
  about: 'every agent: its state, who runs it, how often it was started anew',
  run: async ({ parts: { db }, print }) => {
    const rows = (await allAgents(db)).map((agent) => [
      agent.name,
      agent.state,
      agent.host,
      `${agent.restarts} restarts`,
      agent.failure ? `failed ${clockTime(agent.failure.failed_at)}: ${agent.failure.why}` : '',
    ])
    print(columns(rows))
  },
}

export const agent: ConsoleCommand = {
  usage: 'agent <name>',
  about: 'one agent: its state, its inbox, and the last of its life',
  run: async (call) => {
    const { parts, print } = call
    const name = one(call.input, 'an agent, e.g. agent majordome')
    const known = await allAgents(parts.db)
    const row = known.find((each) => each.name === name)
    if (!row)
      throw new InputWrong(
        `there is no agent ${name}; there are ${known.map((each) => each.name).join(', ')}`,
      )
    print(`${name} is ${row.state} since ${row.since}, run by ${row.host}, ${row.restarts} restarts`)
    const box = parts.graph().nodes.find(({ id }) => id === name)?.inbox
    if (box) print(`inbox: ${box.waiting} of ${box.capacity} waiting`)
    for (const event of await newest(parts, `agent-${name}`, 5))
      print(`${event.metadata.occurredAt}  ${said(event)}`)
  },
}

export const models: ConsoleCommand = {
  usage: 'models',
  about: 'every read model: its state, how far it has come, how fast',
  run: async ({ parts: { pool }, print }) => {
    const reports = await readReports(
      pool,
      projections.map(({ name }) => name),
    )
    const shown = reports.filter(({ role }) => role === 'live' || role === 'building')
    const rows = shown.map(({ name, role, state, checkpoint, rate, error }) => [
      role === 'building' ? `${name} (rebuild)` : name,
      state,
      `${checkpoint.events} events`,
      `at ${checkpoint.position?.commit ?? 0}`,
      error ?? `${rate.toFixed(1)}/s`,
    ])
    print(columns(rows))
  },
}

const mostShown = 1_000

const newest = async ({ store }: ConsoleParts, stream: string, count: number): Promise<Recorded[]> => {
  const events: Recorded[] = []
  for await (const event of store.readBackwards(stream)) {
    events.unshift(event)
    if (events.length >= count) break
  }
  return events
}

export const stream: ConsoleCommand = {
  usage: 'stream <name> [n]',
  about: 'the newest n events of a stream, ten without n',
  run: async (call) => {
    const name = one(call.input, 'a stream, e.g. stream agent-majordome 5')
    const count = Number(call.input.words[2] ?? 10)
    if (!Number.isInteger(count) || count < 1 || count > mostShown)
      throw new InputWrong(`n is a whole number from 1 to ${mostShown}`)
    const events = await newest(call.parts, name, count)
    if (events.length === 0) throw new InputWrong(`there is no stream ${name}`)
    for (const event of events)
      call.print(`${event.revision}  ${event.metadata.occurredAt}  ${event.id}  ${said(event)}`)
  },
}

const mostChapters = 50
const limits = { depth: 10, nodes: 500 }

export const why: ConsoleCommand = {
  usage: 'why <event id>',
  about: 'why something happened, back to readings and people',
  run: async ({ input, parts: { db, events }, print }) => {
    const id = one(input, 'an event by its id, as stream and follow show it')
    const row = /^[0-9a-f-]{36}$/i.test(id) ? await journalRow(db, id.toLowerCase()) : undefined
    if (!row) throw new InputWrong(`the journal has no event ${id}`)
    const { nodes } = await causeGraph(db, row.event_id, 'causes', limits)
    const chapters = await Promise.all(
      nodes.slice(0, mostChapters).map(async (node) => {
        if (node.kind === 'command') return node
        const event = await events.readEvent(node.row.stream, BigInt(node.row.revision))
        if (!event) throw new InputWrong(`event ${node.id} is not in the log any more`)
        return { kind: node.kind, depth: node.depth, event }
      }),
    )
    for (const { at, text } of storyOf(chapters))
      print(at === null ? `${' '.repeat(24)}    ${text}` : `${at}  ${text}`)
  },
}

export const night: ConsoleCommand = {
  usage: 'night',
  about: 'what is done at this moment, and why',
  run: async ({ parts: { db, site, clock }, print }) => {
    const row = await newestNight(db, site.id)
    const [roof, observing, next] = await Promise.all([
      roofOf(db, site.id),
      runningObservation(db, site.id),
      row ? nextEntry(db, site.id, row.night, instantOf(clock.now())) : undefined,
    ])
    const facts = { roof: roof ?? null, observing: observing ?? null, next: next ?? null }
    print(whatNow({ night: row ? nightShown(row) : null, ...facts }))
    if (row)
      print(
        `night of ${row.night}, phase ${row.phase ?? 'none yet'}, mode ${row.mode}, roof ${roof?.shutter ?? 'not seen yet'}`,
      )
  },
}

export const graph: ConsoleCommand = {
  usage: 'graph',
  about: 'what runs in this process, how full and how fast, and where it flows to',
  run: async ({ parts, print }) => {
    const { nodes, links } = parts.graph()
    const rows = nodes.map(({ id, kind, state, inbox, handled, perSecond }) => [
      id,
      kind,
      state,
      inbox ? `${inbox.waiting}/${inbox.capacity}` : '',
      handled === undefined ? '' : `${handled} handled`,
      perSecond === null ? '' : `${perSecond.toFixed(1)}/s`,
      links.flatMap(({ from, to }) => (from === id ? [to] : [])).join(', '),
    ])
    print(columns(rows))
  },
}
