import { test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { type Change, changesOf } from '#projections/engine/definition.ts'
import { type FoldedBatch, foldInto, ImpossibleChange } from '#projections/engine/fold.ts'
import { anyBatches, oneByOne, type Rows, sampleTables, withEffect } from './table-model.ts'

const { insert, put, merge, add, remove } = changesOf(sampleTables)

const folded = (changes: readonly Change[]): FoldedBatch => {
  const batch: FoldedBatch = new Map()
  foldInto(batch, sampleTables, changes)
  return batch
}

const asEntries = (rows: Rows | null) => rows && [...rows].sort(([one], [other]) => (one < other ? -1 : 1))

const inBatches = (batches: readonly (readonly Change[])[]): Rows | null => {
  let rows: Rows | null = new Map()
  for (const batch of batches) {
    try {
      for (const [table, effects] of folded(batch)) {
        for (const effect of effects.values()) {
          if (rows === null) return null
          rows = withEffect(rows, table, effect)
        }
      }
    } catch (error) {
      if (error instanceof ImpossibleChange) return null
      throw error
    }
  }
  return rows
}

describe('folding', () => {
  test.prop([anyBatches])('in any batches comes to the same as one change after another', (batches) => {
    expect(asEntries(inBatches(batches))).toEqual(asEntries(oneByOne(new Map(), batches.flat())))
  })

  test.prop([anyBatches])('all at once comes to the same as in any batches', (batches) => {
    expect(asEntries(inBatches([batches.flat()]))).toEqual(asEntries(inBatches(batches)))
  })

  it('keeps keys of several columns apart', () =>
    expect(
      folded([remove('tally', { site: 'a', n: 1 }), remove('tally', { site: 'a1', n: 1 })]).get('tally')
        ?.size,
    ).toBe(2))

  it('makes one row of many changes to it', () => {
    const key = { site: 'osm', n: 1 }
    const batch = folded([
      put('tally', { ...key, count: 1, total: 10, note: null, data: null }),
      merge('tally', { ...key, note: 'wet' }),
      add('tally', { ...key, count: 2, total: -3 }),
    ])
    expect([...(batch.get('tally')?.values() ?? [])]).toEqual([
      { kind: 'row', needs: 'any', row: { ...key, count: 3, total: 7, note: 'wet', data: null } },
    ])
  })

  it('says what cannot be: which table, which row and why', () => {
    const twice = [insert('seen', { id: '1' }), insert('seen', { id: '1' })]
    expect(() => folded(twice)).toThrow('cannot insert seen {"id":"1"}: a row with this key is there')
    expect(() => folded([{ op: 'put', table: 'nowhere', row: {} }])).toThrow(
      'cannot put nowhere {}: the projection has no such table',
    )
  })
})
