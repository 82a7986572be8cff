import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { catalogue, checkEventData, decodeEventData } from '#domain/catalogue.ts'

const folder = new URL('../fixtures/events/', import.meta.url)
const fileOf = (type: string, version: number) => new URL(`${type}.v${version}.json`, folder)

const stored = [...catalogue.values()].flatMap(({ type, version }) =>
  Array.from({ length: version }, (_, i): [string, number] => [type, i + 1]),
)

describe('stored events', () => {
  it.each(stored)('%s version %i has a payload, which can be read', (type, version) => {
    const file = fileOf(type, version)
    expect(existsSync(file), `${type}.v${version}.json: add one real payload; never edit it afterwards`).toBe(
      true,
    )
    const data = decodeEventData(type, version, JSON.parse(readFileSync(file, 'utf8')))
    // What is read today would be written today, unchanged: no field has gone unnoticed.
    expect(checkEventData(type, data).data).toEqual(data)
  })

  it.each(readdirSync(folder).filter((name) => name.endsWith('.json')))(
    '%s belongs to an event that is still known',
    (name) => {
      const [type = '', version = ''] = name.replace(/\.json$/, '').split('.v')
      expect(stored).toContainEqual([type, Number(version)])
    },
  )
})
