import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Change, changesOf } from '#projections/engine/definition.ts'
import { type FoldedBatch, foldInto, ImpossibleChange } from '#projections/engine/fold.ts'
import { createSchema, defineTable, type Tables } from '#projections/engine/table.ts'
import { inTransaction } from '#projections/engine/transaction.ts'
import { RowsDoNotFit, writeRows } from '#projections/engine/write-rows.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { anyBatches, oneByOne, type Rows, sampleTables } from './table-model.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

const write = async (changes: readonly Change[], tables: Tables = sampleTables) => {
  const batch: FoldedBatch = new Map()
  foldInto(batch, tables, changes)
  await inTransaction(database.pool, (client) => writeRows(client, 'w', tables, batch))
}

const anew = (tables: Tables = sampleTables) => database.pool.query(createSchema('w', tables))

/** Postgres says no in its own words where a row is there twice. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ImpossibleChange ||
  error instanceof RowsDoNotFit ||
  (error instanceof Error && 'code' in error && error.code === '23505')

const stored = async (): Promise<Rows> => {
  const rows: Rows = new Map()
  const { rows: tallies } = await database.pool.query('select * from w.tally')
  for (const row of tallies) rows.set(JSON.stringify(['tally', row.site, row.n]), row)
  const { rows: seen } = await database.pool.query('select * from w.seen')
  for (const row of seen) rows.set(JSON.stringify(['seen', row.id]), row)
  return rows
}

describe('writing rows', () => {
  it('in any batches makes the same tables as one change after another', () =>
    fc.assert(
      fc.asyncProperty(anyBatches, async (batches) => {
        await anew()
        let expected: Rows = new Map()
        for (const batch of batches) {
          const next = oneByOne(expected, batch)
          if (next) await write(batch)
          else
            await write(batch).then(
              () => expect.unreachable(),
              (error) => expect(isRefusal(error)).toBe(true),
            )
          expected = next ?? expected
          if (!next) break
        }
        expect(await stored()).toEqual(expected)
      }),
      { numRuns: 60 },
    ))

  const every = {
    every: defineTable({
      columns: {
        id: 'text',
        whole: 'bigint',
        real: 'double?',
        yes: 'boolean?',
        at: 'instant?',
        on_day: 'date?',
        json: 'json?',
      },
      key: ['id'],
    }),
  }
  const row = {
    id: `a "quoted", \\back\\ {brace}\n\ttab 'x' \\N é😀`,
    whole: 9_007_199_254_740_991,
    real: 0.1 + 0.2,
    yes: false,
    at: '2026-11-21T09:38:47.123Z',
    on_day: '2026-11-21',
    json: { text: 'a\\b"c\n', list: [1, null], deep: { n: 1e-7 } },
  }
  const none = { id: '', whole: 0, real: null, yes: null, at: null, on_day: null, json: null }

  it.each(['insert', 'put'] as const)('gives every kind of value back as it was, by %s', async (op) => {
    await anew(every)
    await write([changesOf(every)[op]('every', row), changesOf(every)[op]('every', none)], every)
    const { rows } = await database.pool.query('select * from w.every order by id desc')
    expect(rows).toEqual([row, none])
  })

  it('writes thousands of rows in one go', async () => {
    await anew()
    const rows = Array.from({ length: 5_000 }, (_, n) =>
      changesOf(sampleTables).insert('seen', { id: `${n}` }),
    )
    await write(rows)
    const { rows: counted } = await database.pool.query('select count(*) from w.seen')
    expect(counted).toEqual([{ count: 5_000 }])
  })

  it('leaves nothing of a batch that one row spoils', async () => {
    await anew()
    const { insert, merge } = changesOf(sampleTables)
    await expect(write([insert('seen', { id: '1' }), merge('seen', { id: '2' })])).rejects.toThrow(
      '1 row(s) of w.seen should be there and are not',
    )
    expect(await stored()).toEqual(new Map())
  })
})
