import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LogReader } from '#adapters/embedded-eventstore/log/reader.ts'
import type { NewEvent } from '#adapters/embedded-eventstore/log/record.ts'
import { type AppendOutcome, expectedRevision } from '#adapters/embedded-eventstore/store/expected.ts'
import { type OpenedStore, openStore } from '#adapters/embedded-eventstore/store/open-store.ts'
import { readableRange } from '#adapters/embedded-eventstore/store/readable-range.ts'
import type { Store } from '#adapters/embedded-eventstore/store/store.ts'
import { metadataStreamOf } from '#adapters/embedded-eventstore/store/streams.ts'
import { deletedMark, Model, type Outcome } from './model.ts'
import { memoryFolder } from './node.ts'

const names = ['a', 'b-1', 'c'] as const
// Few ids, so that appends repeat one another often.
const ids = Array.from({ length: 6 }, () => randomUUID())

const name = fc.constantFrom(...names)
const operation = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      name,
      expected: fc.constantFrom(-1, -2, -2, -4, 0, 1, 2, 3),
      ids: fc.array(fc.oneof(fc.constantFrom(...ids), fc.uuid()), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), name }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('tombstone' as const), name: fc.constant('c' as const) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('metadata' as const),
      name,
      metadata: fc.record(
        { $tb: fc.nat(6), $maxCount: fc.integer({ min: 1, max: 4 }) },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart' as const), snapshots: fc.boolean() }) },
)
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never

const noBytes = Buffer.alloc(0)
const eventOf = (id: string, data: object = {}): NewEvent => ({
  id,
  type: 'Tested',
  json: true,
  metadata: noBytes,
  data: Buffer.from(JSON.stringify(data)),
})

const simplified = (outcome: AppendOutcome): Outcome => {
  switch (outcome.kind) {
    case 'appended':
      return { kind: 'appended', revision: outcome.revision }
    case 'wrong-revision':
      return { kind: 'wrong-revision', current: outcome.current }
    case 'deleted':
      return { kind: 'deleted' }
  }
}

const run = async (
  store: Store,
  model: Model,
  step: Exclude<Operation, { kind: 'restart' }>,
): Promise<[AppendOutcome, Outcome]> => {
  const stream = Buffer.from(step.name)
  switch (step.kind) {
    case 'append': {
      const events = step.ids.map((id) => eventOf(id))
      return [
        await store.append(stream, step.expected, events),
        model.append(step.name, step.expected, step.ids),
      ]
    }
    case 'delete':
      return [await store.delete(stream, expectedRevision.any), model.delete(step.name)]
    case 'tombstone':
      return [await store.tombstone(stream, expectedRevision.any), model.tombstone(step.name)]
    case 'metadata': {
      const events = [eventOf(randomUUID(), step.metadata)]
      const outcome = await store.append(metadataStreamOf(stream), expectedRevision.any, events)
      return [outcome, model.setMetadata(step.name, step.metadata)]
    }
  }
}

const readOf = (store: Store, stream: string): number[] | 'deleted' | 'missing' => {
  if (store.streams.isTombstoned(Buffer.from(stream))) return 'deleted'
  const number = store.index.stream(Buffer.from(stream))
  if (number < 0) return 'missing'
  const { first, last, deleted } = readableRange(store, number)
  if (deleted || last < 0) return 'missing'
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

const allOf = (store: Store): string[] => {
  const reader = new LogReader(store.log)
  const all: string[] = []
  for (let ordinal = 0; ordinal < store.visible; ordinal++) {
    const view = reader.seek(store.index.position(ordinal))
    all.push(`${view.streamName}@${view.revision === deletedMark ? 'tombstone' : view.revision}`)
  }
  return all
}

const reopen = async (opened: OpenedStore, folder: string, snapshots: boolean): Promise<OpenedStore> => {
  await opened.close()
  for (const file of fs.readdirSync(folder)) {
    if (!snapshots && file.endsWith('.idx')) fs.rmSync(path.join(folder, file))
  }
  return openStore({ folder, segmentSize: 3_000 })
}

it('agrees with a simple model after any operations and restarts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 40 }), async (operations) => {
      const folder = memoryFolder()
      let opened = await openStore({ folder: folder.path, segmentSize: 3_000 })
      const founding = opened.store.visible
      const model = new Model()
      try {
        for (const step of operations) {
          if (step.kind === 'restart') {
            opened = await reopen(opened, folder.path, step.snapshots)
            continue
          }
          const [outcome, expected] = await run(opened.store, model, step)
          expect(simplified(outcome)).toEqual(expected)
        }
        for (const stream of names) expect(readOf(opened.store, stream)).toEqual(model.read(stream))
        expect(allOf(opened.store).slice(founding)).toEqual(model.all)
      } finally {
        await opened.close()
        folder.remove()
      }
    }),
    { numRuns: 100 },
  )
})
