import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '#adapters/postgres/pool.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'

describe('a pool', () => {
  let database: FreshDatabase
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.drop())

  const only = async (expression: string, values: unknown[] = []) => {
    const { rows } = await database.pool.query(`select ${expression} as it`, values)
    return rows[0]?.it
  }

  it.each([
    '2026-11-21T09:38:47.123Z',
    '2026-11-21T09:38:47.120Z',
    '2026-03-29T01:30:00.000Z',
    '2026-11-21T09:38:47.123456Z',
    '0001-01-01T00:00:00.000Z',
  ])('gives the instant %s back with the same bytes', async (instant) =>
    expect(await only('$1::timestamptz', [instant])).toBe(instant),
  )

  it('reads an instant written in another zone as UTC', async () =>
    expect(await only(`timestamptz '2026-11-22T00:23:47+13:45'`)).toBe('2026-11-21T10:38:47.000Z'))

  it('refuses an instant that no read model holds', async () => {
    await expect(only(`timestamptz 'infinity'`)).rejects.toThrow("'infinity' is not a UTC instant")
    await expect(only(`timestamptz '0044-03-15 BC'`)).rejects.toThrow('is not a UTC instant')
  })

  it('gives a date back as it is, whatever the zone of the machine', async () =>
    expect(await only(`date '2026-11-21'`)).toBe('2026-11-21'))

  it('reads int8 as a number up to 2^53 - 1', async () => {
    expect(await only('9007199254740991::int8')).toBe(9_007_199_254_740_991)
    expect(await only('-9007199254740991::int8')).toBe(-9_007_199_254_740_991)
  })

  it('refuses an int8 that a number cannot hold', () =>
    expect(only('9007199254740992::int8')).rejects.toThrow('int8 9007199254740992 is beyond 2^53 - 1'))

  it('reads arrays as it reads their items', async () => {
    expect(await only('array[1, null, 3]::int8[]')).toEqual([1, null, 3])
    expect(await only(`array['2026-11-21T09:38:47Z']::timestamptz[]`)).toEqual(['2026-11-21T09:38:47.000Z'])
    expect(await only(`array['2026-11-21']::date[]`)).toEqual(['2026-11-21'])
  })

  it('says who is connected', async () =>
    expect(await only(`current_setting('application_name')`)).toBe('noctuary'))

  it('outlives the loss of its idle connections', async () => {
    const lost = Promise.withResolvers<Error>()
    const pool = openPool(database.url, { onError: lost.resolve })
    const { rows } = await pool.query('select pg_backend_pid() as pid')
    await database.pool.query('select pg_terminate_backend($1)', [rows[0].pid])
    expect((await lost.promise).message).toContain('terminating connection')
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })
})
