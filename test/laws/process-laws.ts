import { describe, expect, it } from 'vitest'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import type { EventStore, ProposedEvent, Revision } from '#commands/event-store.ts'
import { commandIdOf, firedIdOf, reactionIdOf } from '#commands/process/ids.ts'
import { Instances } from '#commands/process/instances.ts'
import type { Dispatch } from '#commands/process/parts.ts'
import { runProcess } from '#commands/process/runner.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import { type ProcessManager, processStream } from '#domain/shared/process.ts'
import { isProcessEvent, type ProcessEvent } from '#domain/shared/process-events.ts'
import { epochMsOf } from '#domain/shared/time.ts'
import { observatorySite } from '#test/support/agents.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { logOf } from '#test/support/log-of.ts'

type Named = { readonly type: string }

/** A decision without what depends on where the events came to stand. */
const decisionIn = ({ data }: Recorded<Extract<ProcessEvent, { type: 'ProcessReacted' }>>) => ({
  instance: data.instance,
  eventId: data.answers.eventId,
  effects: data.effects,
})

/** A log in memory and a process manager on it, step by step; each step may be its life's last. */
class Fold<State, In extends DomainEvent, Command> {
  readonly #manager: ProcessManager<State, In, Command>
  readonly log: Recorded[] = []
  #instances: Instances<State, In, Command>

  constructor(manager: ProcessManager<State, In, Command>) {
    this.#manager = manager
    this.#instances = new Instances(manager)
  }

  append(event: Omit<Recorded, 'position' | 'revision'>): bigint {
    const place = BigInt(this.log.length + 1) * 100n
    const revision = BigInt(this.log.filter(({ stream }) => stream === event.stream).length)
    const recorded = { ...event, revision, position: { commit: place, prepare: place } }
    this.log.push(recorded)
    this.#instances.take(recorded)
    return revision
  }

  /** Another takes over: all it knows is the log. */
  kill(): void {
    this.#instances = new Instances(this.#manager)
    for (const event of this.log) this.#instances.take(event)
  }

  /** The next thing that a runner would do by now; false when there is nothing. */
  step(now: string): boolean {
    const pending = this.#instances.pending[0]
    if (pending) {
      const { instance, event, effects } = pending
      const answers = {
        eventId: event.id,
        commit: `${event.position.commit}`,
        prepare: `${event.position.prepare}`,
      }
      const data = { process: this.#manager.name, instance, answers, effects: [...effects] }
      const id = reactionIdOf(this.#manager.name, instance, event.id, effects)
      this.#own(id, { type: 'ProcessReacted', data } as ProcessEvent, event)
      return true
    }
    const timer = this.#instances.nextTimer()
    if (!timer || timer.dueAt > now) return false
    const { instance, dueAt } = timer
    const data = { process: this.#manager.name, instance, timer: timer.timer, dueAt }
    this.#own(firedIdOf(timer), { type: 'TimerFired', data }, this.log.at(-1), timer.dueAt)
    return true
  }

  decisions() {
    return this.log
      .filter(isProcessEvent)
      .flatMap((event) => (event.type === 'ProcessReacted' ? [decisionIn(event)] : []))
  }

  #own(id: string, event: ProcessEvent, cause: Recorded | undefined, at?: string): void {
    if (!cause) throw new Error('nothing happens without a cause')
    const stream = processStream(event.data.process, event.data.instance)
    const occurredAt = at ?? cause.metadata.occurredAt
    this.append({ ...event, id, stream, metadata: { ...cause.metadata, occurredAt } })
  }
}

/** Lives through a history, killed after each of the given steps. */
const livedThrough = <State, In extends DomainEvent, Command>(
  manager: ProcessManager<State, In, Command>,
  history: readonly Recorded[],
  dies: (step: number) => boolean,
) => {
  const fold = new Fold(manager)
  let steps = 0
  const next = () => {
    if (dies(steps++)) fold.kill()
  }
  for (const event of history) {
    while (fold.step(event.metadata.occurredAt)) next()
    const { position: _, revision: __, ...rest } = event
    fold.append(rest)
    next()
  }
  while (fold.step(history.at(-1)?.metadata.occurredAt ?? '')) next()
  return { decisions: fold.decisions(), steps }
}

class Killed extends Error {}

/** What the laws need to run a process manager over a real log. */
type RealRun<Command> = {
  /** Every command that took effect, by its id. */
  readonly effects: Map<string, Command>
  readonly dispatched: string[]
}

const toProposed = ({
  id,
  type,
  data,
  metadata: { schemaVersion: _, ...metadata },
}: Recorded): ProposedEvent => ({
  id,
  type,
  data,
  metadata,
})

const appendHistory = async (store: EventStore, history: readonly Recorded[]) => {
  const revisions = new Map<string, Revision>()
  for (const event of history) {
    const before = revisions.get(event.stream) ?? 'none'
    const { revision } = await store.append(event.stream, [toProposed(event)], before)
    revisions.set(event.stream, revision)
  }
}

/** Runs until nothing more is to be decided, or until it is killed right before its `dieAt`-th append or effect. */
const runFor = async <State, In extends DomainEvent, Command extends Named>(
  manager: ProcessManager<State, In, Command>,
  { store: real }: FreshEventStore,
  { effects, dispatched }: RealRun<Command>,
  clock: VirtualClock,
  dieAt: { left: number },
): Promise<'done' | 'killed'> => {
  const stopping = new AbortController()
  const killed = Promise.withResolvers<'killed'>()
  const live = () => {
    if (dieAt.left-- > 0) return
    killed.resolve('killed')
    throw new Killed()
  }
  const store: EventStore = {
    readBackwards: (stream) => real.readBackwards(stream),
    append: async (...append) => {
      live()
      return real.append(...append)
    },
  }
  const dispatch: Dispatch<Command> = async (command, { commandId }) => {
    live()
    dispatched.push(commandId)
    if (!effects.has(commandId)) effects.set(commandId, command)
  }
  const idle = Promise.withResolvers<'done'>()
  const head = (await real.head())?.commit ?? 0n
  let seen = 0n
  const feed = {
    head: () => real.head(),
    follow: async function* (...follow: Parameters<typeof real.follow>) {
      for await (const batch of real.follow(...follow)) {
        yield batch
        seen = batch.position?.commit ?? seen
        // It asks for more, has come to the end and has nothing to do: all its own events have come back to it.
        const newest = (await real.head())?.commit ?? 0n
        if (batch.caughtUp && seen >= head && seen >= newest) idle.resolve('done')
      }
    },
  }
  const running = runProcess(
    { manager, store, feed, clock, site: observatorySite, simulated: false, dispatch },
    stopping.signal,
  )
  running.catch(() => {})
  const ended = await Promise.race([idle.promise, killed.promise])
  stopping.abort()
  await running.catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error
  })
  return ended
}

const reactionsIn = async ({ store }: FreshEventStore, manager: { name: string }, instances: Set<string>) => {
  const streams = [...instances].map((instance) => processStream(manager.name, instance))
  const events = (await Promise.all(streams.map((stream) => logOf(store, stream)))).flat()
  return events.filter(isProcessEvent).flatMap((event) => (event.type === 'ProcessReacted' ? [event] : []))
}

const dispatchesOf = ({ effects }: { readonly effects: readonly { readonly kind: string }[] }): number =>
  effects.filter(({ kind }) => kind === 'dispatch').length

/** The command ids that the decisions in the log stand for. */
const commandsIn = (reactions: readonly Recorded<Extract<ProcessEvent, { type: 'ProcessReacted' }>>[]) =>
  reactions.flatMap(({ id, data }) =>
    data.effects.flatMap(({ kind }, index) => (kind === 'dispatch' ? [commandIdOf(id, index)] : [])),
  )

/**
 * What holds for every process manager. `history` is what it listens to, as the log gives it; at least ten decisions
 * should come of it.
 */
export const processLaws = <State, In extends DomainEvent, Command extends Named>(
  manager: ProcessManager<State, In, Command>,
  history: readonly Recorded[],
): void => {
  const clockAfter = () => new VirtualClock(epochMsOf(history.at(-1)?.metadata.occurredAt ?? '') + 1)
  const handles = new Set<string>(manager.handles)
  const isIn = (event: Recorded): event is Recorded<In> => handles.has(event.type)
  const instances = new Set(history.filter(isIn).flatMap((event) => manager.instanceOf(event) ?? []))

  describe(`the process manager ${manager.name}`, () => {
    const whole = livedThrough(manager, history, () => false)

    it('decides something in this history', () => expect(whole.decisions.length).toBeGreaterThan(2))

    it('makes the same decisions of the same events', () =>
      expect(livedThrough(manager, history, () => false).decisions).toEqual(whole.decisions))

    it('makes the same decisions wherever it is killed', () => {
      expect(livedThrough(manager, history, () => true).decisions).toEqual(whole.decisions)
      // Every place once, or a hundred of them spread evenly when there are more.
      const stride = Math.max(1, Math.floor(whole.steps / 100))
      for (let place = 0; place < whole.steps; place += stride)
        expect(livedThrough(manager, history, (step) => step === place).decisions).toEqual(whole.decisions)
    })

    it('gives each command its effect once, killed before any append and any effect', async () => {
      await using log = await freshEventStore()
      await appendHistory(log.store, history)
      const run: RealRun<Command> = { effects: new Map(), dispatched: [] }
      // Every life does again what its predecessor may have left undone, and one thing more; then it dies.
      const left = 1 + Math.max(...whole.decisions.map(dispatchesOf))
      let lives = 1
      while ((await runFor(manager, log, run, clockAfter(), { left })) === 'killed') lives += 1
      expect(lives).toBeGreaterThan(1)
      const reactions = await reactionsIn(log, manager, instances)
      expect(new Set(run.effects.keys())).toEqual(new Set(commandsIn(reactions)))
      const answered = reactions.map(({ data }) => `${data.instance} ${data.answers.eventId}`)
      expect(new Set(answered).size).toBe(answered.length)
    })

    it('decides once when two run at once, and sends nothing when all is decided', async () => {
      await using log = await freshEventStore()
      await appendHistory(log.store, history)
      const run: RealRun<Command> = { effects: new Map(), dispatched: [] }
      const forEver = () => ({ left: Number.POSITIVE_INFINITY })
      const clock = clockAfter()
      await Promise.all([
        runFor(manager, log, run, clock, forEver()),
        runFor(manager, log, run, clock, forEver()),
      ])
      const reactions = await reactionsIn(log, manager, instances)
      const answered = reactions.map(({ data }) => `${data.instance} ${data.answers.eventId}`)
      expect(new Set(answered).size).toBe(answered.length)
      expect(new Set(run.effects.keys())).toEqual(new Set(commandsIn(reactions)))

      const head = await log.store.head()
      const again: RealRun<Command> = { effects: new Map(), dispatched: [] }
      await runFor(manager, log, again, clock, forEver())
      expect(await log.store.head()).toEqual(head)
      // All but the last decision, which may have been cut short, stands as performed.
      const last = reactions.toSorted((a, b) => Number(a.position.commit - b.position.commit)).slice(-1)
      expect(again.dispatched).toEqual(commandsIn(last))
    })
  })
}
