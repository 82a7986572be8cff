import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HashTable } from '#adapters/embedded-eventstore/index/hash-table.ts'
import { NameTable } from '#adapters/embedded-eventstore/index/name-table.ts'
import { OrdinalLists } from '#adapters/embedded-eventstore/index/ordinal-lists.ts'

it('a hash table finds what is in it and nothing else, though hashes clash', () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(40)), { maxLength: 300 }), (steps) => {
      // Few hashes for many rows, at the ends of the table too.
      const hashOf = (row: number): number => [0, 1, 15, 16, 31, 2 ** 32 - 1][row % 6] ?? 0
      const table = new HashTable(hashOf)
      const present = new Set<number>()
      for (const [adds, row] of steps) {
        if (adds === present.has(row)) continue
        if (adds) table.add(hashOf(row), row)
        else table.remove(hashOf(row), row)
        if (adds) present.add(row)
        else present.delete(row)
      }
      for (let row = 0; row <= 40; row++) {
        expect(table.find(hashOf(row), (found) => found === row)).toBe(present.has(row) ? row : -1)
      }
    }),
  ))

it('lists of ordinals are as long as they were made, and as short as they were cut', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 400 }), fc.nat(100)), { maxLength: 30 }),
      (steps) => {
        const lists = new OrdinalLists()
        const model: number[][] = [[], [], [], []]
        const blocks = [0, 0, 0, 0]
        let ordinal = 0
        for (const [list, added, cut] of steps) {
          const entries = model[list] ?? []
          for (let n = 0; n < added; n++) {
            blocks[list] = lists.push(blocks[list] ?? 0, entries.length, ordinal)
            entries.push(ordinal++)
          }
          entries.length = Math.max(0, entries.length - cut)
          blocks[list] = lists.cut(blocks[list] ?? 0, entries.length)
        }
        model.forEach((entries, list) => {
          expect(entries.map((_, i) => lists.get(blocks[list] ?? 0, i))).toEqual(entries)
        })
      },
    ),
  ))

it('names keep their numbers', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), { maxLength: 200 }),
      (texts) => {
        const table = new NameTable()
        const names = [...new Set(texts.map((text) => text.toWellFormed()))].map((text) => Buffer.from(text))
        names.forEach((name, i) => {
          expect(table.find(name)).toBe(-1)
          expect(table.add(name)).toBe(i)
        })
        names.forEach((name, i) => {
          expect(table.find(name)).toBe(i)
          expect(table.bytes(i)).toEqual(name)
        })
      },
    ),
  ))
