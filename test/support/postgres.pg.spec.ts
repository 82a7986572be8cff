import { Client } from 'pg'
import { expect, it } from 'vitest'
import { freshDatabase } from './postgres.ts'

it('gives every caller an empty database of its own', async () => {
  const databases = await Promise.all([freshDatabase(), freshDatabase(), freshDatabase()])
  await Promise.all(databases.map(({ pool }, i) => pool.query(`create table mine as select ${i} as number`)))
  const rows = await Promise.all(databases.map(({ pool }) => pool.query('select number from mine')))
  expect(rows.map((result) => result.rows)).toEqual([[{ number: 0 }], [{ number: 1 }], [{ number: 2 }]])
  await Promise.all(databases.map((database) => database.drop()))
})

it('drops a database that is still in use', async () => {
  const database = await freshDatabase()
  const client = new Client({ connectionString: database.url })
  const cut = new Promise<Error>((resolve) => client.on('error', resolve))
  await client.connect()
  await database.drop()
  expect((await cut).message).toContain('terminat')
  const late = new Client({ connectionString: database.url })
  await expect(late.connect()).rejects.toMatchObject({ code: '3D000' })
})
