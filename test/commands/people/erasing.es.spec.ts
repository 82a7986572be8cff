import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openExportSink } from '#adapters/night-export/export-sink.ts'
import { ownSigner } from '#adapters/signing/ed25519.ts'
import { exportNight } from '#commands/night/export-night.ts'
import { beginRebuild } from '#projections/engine/generations.ts'
import { users } from '#projections/users/projection.ts'
import { peopleObservatory } from '#test/support/people-observatory.ts'

type Observatory = Awaited<ReturnType<typeof peopleObservatory>>
const zoe = { id: 'u-1', displayName: 'Zoë Qvist-Ödegård', email: 'zoe.qvist@observers.example' }
const words = ['Qvist', 'qvist@observers']
const at = '2026-11-21T04:00:00.000Z'
const night = '2026-11-20'

const holds = (bytes: Buffer): boolean => words.some((word) => bytes.includes(word))

/** Every table of ours that has a word of hers, in its rows or in Postgres' samples of them. */
const tablesWithHer = async ({ pool }: Observatory): Promise<string[]> => {
  const { rows: tables } = await pool.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  )
  const found: string[] = []
  for (const { name } of [...tables, { name: 'pg_stats' }]) {
    const { rows } = await pool.query(`select rows::text as row from ${name} rows`)
    if (rows.some(({ row }) => holds(Buffer.from(row)))) found.push(name)
  }
  return found
}

/** Whether the file in which Postgres keeps the personal data has a word of hers. */
const fileHasHer = async ({ pool }: Observatory): Promise<boolean> => {
  await pool.query('checkpoint')
  const { rows } = await pool.query(
    `select pg_read_binary_file(pg_relation_filepath('people.person')) as bytes`,
  )
  return holds(rows[0].bytes)
}

const logFilesWithHer = async ({ log: { folder } }: Observatory): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(0)
  const read = await Promise.all(files.map(async (file) => ({ file, bytes: await readFile(file) })))
  return read.filter(({ bytes }) => holds(bytes)).map(({ file }) => file)
}

const exportHasHer = async ({ store }: Observatory): Promise<boolean> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-erasing-'))
  try {
    const file = path.join(folder, 'night.gz')
    const [sink, signer] = [await openExportSink(file), await ownSigner(folder)]
    await exportNight({ site: 'osm', night }, { log: store.nights, sink, signer, at })
    const lines = gunzipSync(await readFile(file))
    expect(lines.includes('UserRegistered')).toBe(true)
    return holds(lines)
  } finally {
    await rm(folder, { recursive: true })
  }
}

describe('erasing a user', () => {
  it('P47 leaves no name and no address: in no table, no log, no journal, no export, no answer', async () => {
    await using observatory = await peopleObservatory()
    const { ask, projected, pool } = observatory
    await ask('POST', '/api/users', { body: { ...zoe, displayName: 'Zoë Qvist' } })
    const { id: _, ...profile } = zoe
    await ask('PUT', '/api/users/u-1/profile', { body: profile })
    await ask('PUT', '/api/users/u-1/roles/operator')
    await projected()
    await pool.query('analyze')
    // What is searched for can be found at all, and only where it belongs.
    expect(await tablesWithHer(observatory)).toEqual(['people.person'])
    expect(await fileHasHer(observatory)).toBe(true)
    expect(await logFilesWithHer(observatory)).toEqual([])
    const { body, headers } = await ask('GET', '/api/users/u-1')
    expect(body).toMatchObject(zoe)
    const before = headers.get('x-position')

    expect((await ask('DELETE', '/api/users/u-1')).status).toBe(200)
    await projected()
    await pool.query('analyze')
    expect(await tablesWithHer(observatory)).toEqual([])
    expect(await fileHasHer(observatory)).toBe(false)
    expect(await logFilesWithHer(observatory)).toEqual([])
    expect(await exportHasHer(observatory)).toBe(false)
    for (const where of [
      '/api/users',
      '/api/users/u-1',
      '/api/journal?limit=1000',
      `/api/users?position=${before}`,
    ])
      expect(holds(Buffer.from(JSON.stringify((await ask('GET', where)).body)))).toBe(false)
    expect((await ask('GET', '/api/users/u-1')).body).toMatchObject({
      displayName: null,
      roles: [],
      erasedAt: at,
    })
  })

  it('is for good: not even the command that registered her brings her back', async () => {
    await using observatory = await peopleObservatory()
    const { ask } = observatory
    const registration = { body: zoe, headers: { 'idempotency-key': 'zoe' } }
    await ask('POST', '/api/users', registration)
    await ask('DELETE', '/api/users/u-1')
    expect((await ask('POST', '/api/users', registration)).body.code).toBe('user_exists')
    expect(await tablesWithHer(observatory)).toEqual([])
    expect((await ask('DELETE', '/api/users/u-1')).status).toBe(200)
  })
})

describe('personal data', () => {
  it('is not touched by a rebuild of the read models', async () => {
    await using observatory = await peopleObservatory()
    const { ask, pool, projected, running } = observatory
    await ask('POST', '/api/users', { body: zoe })
    await projected()
    const generation = await beginRebuild(pool, users)
    await running.until(
      (status) => status.name === 'users' && status.generation === generation && status.role === 'live',
    )
    expect((await ask('GET', '/api/users/u-1')).body).toMatchObject(zoe)
  })
})
