import { randomBytes } from 'node:crypto'
import { Client, type Pool } from 'pg'
import { inject } from 'vitest'
import { openPool } from '#adapters/postgres/pool.ts'

export type FreshDatabase = {
  url: string
  pool: Pool
  /** Ends the pool and removes the database, whoever still uses it. */
  drop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const askAtDoor = async (): Promise<string> => {
  const answer = await (await fetch(inject('postgresDoor'))).text()
  if (!answer.startsWith('postgres:')) throw new Error(`the test cluster did not start: ${answer}`)
  return answer
}

let server: Promise<string> | undefined
const serverUrl = (): Promise<string> => {
  server ??= Promise.resolve(process.env['NOCTUARY_TEST_DATABASE_URL'] || askAtDoor())
  return server
}

const administer = async (statement: string) => {
  const client = new Client({ connectionString: await serverUrl() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const urlOf = async (database: string) => {
  const url = new URL(await serverUrl())
  url.pathname = `/${database}`
  return url.href
}

/** An empty database that no other test knows. Drop it, or hold it with `await using`. */
export const freshDatabase = async (): Promise<FreshDatabase> => {
  const name = `noctuary_test_${randomBytes(8).toString('hex')}`
  await administer(`create database ${name} template template0`)
  const url = await urlOf(name)
  const pool = openPool(url)
  const drop = async () => {
    await pool.end()
    await administer(`drop database if exists ${name} with (force)`)
  }
  return { url, pool, drop, [Symbol.asyncDispose]: drop }
}
