import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import { type Folders, openFolders, query } from './folders.ts'

describe('the embedded Postgres', () => {
  let folders: Folders
  beforeAll(async () => {
    folders = await openFolders()
  })
  afterAll(() => folders.remove())

  it('makes its folder, a cluster and the database noctuary', async () => {
    const dataDir = path.join(await folders.empty(), 'deep', 'folder')
    const postgres = await startEmbeddedPostgres({ dataDir })
    const settings = `select current_database() as database, current_setting('server_encoding') as encoding,
      current_setting('TimeZone') as zone`
    expect(await query(postgres.url(), settings)).toEqual([
      { database: 'noctuary', encoding: 'UTF8', zone: 'UTC' },
    ])
    await postgres.stop()
  })

  it('keeps what was written over a stop and a start', async () => {
    const dataDir = await folders.used()
    const first = await startEmbeddedPostgres({ dataDir })
    await query(first.url(), 'create table reading as select 42 as wind')
    await first.stop()
    expect(await first.exited).toEqual({ code: 0, signal: null })
    const second = await startEmbeddedPostgres({ dataDir })
    expect(await query(second.url(), 'select wind from reading')).toEqual([{ wind: 42 }])
    await second.stop()
  })

  it.each([
    { durable: true, setting: 'on' },
    { durable: false, setting: 'off' },
  ])('has fsync and synchronous_commit $setting when durable is $durable', async ({ durable, setting }) => {
    const postgres = await startEmbeddedPostgres({ dataDir: await folders.used(), durable })
    const text = `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`
    expect(await query(postgres.url(), text)).toEqual([{ fsync: setting, commit: setting }])
    await postgres.stop()
  })

  it('lets nobody in without the password', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir: await folders.used() })
    const guess = new URL(postgres.url())
    guess.password = 'guess'
    await expect(query(guess.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    await postgres.stop()
  })

  it('gives its log line by line', async () => {
    const lines: string[] = []
    const postgres = await startEmbeddedPostgres({
      dataDir: await folders.used(),
      log: (line) => lines.push(line),
    })
    await postgres.stop()
    expect(lines.filter((line) => line.includes('starting PostgreSQL 18'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes('\n'))).toEqual([])
  })

  it('may be stopped twice', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir: await folders.used() })
    await Promise.all([postgres.stop(), postgres.stop()])
    await postgres.stop()
    expect(await postgres.exited).toEqual({ code: 0, signal: null })
  })

  it('refuses a folder that a living Postgres of ours uses', async () => {
    const dataDir = await folders.used()
    const postgres = await startEmbeddedPostgres({ dataDir })
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(`in use by process ${process.pid}`)
    await postgres.stop()
  })

  it('names the port that is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1')
    await once(holder, 'listening')
    const address = holder.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const dataDir = await folders.used()
    await expect(startEmbeddedPostgres({ dataDir, port })).rejects.toThrow(
      `port ${port} of 127.0.0.1 is taken`,
    )
    holder.close()
  })

  it('refuses a cluster of another major version, and says what to do', async () => {
    const dataDir = await folders.used()
    await writeFile(path.join(dataDir, 'pgdata', 'PG_VERSION'), '17\n')
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(
      'was written by Postgres 17 and this is Postgres 18: move the folder away',
    )
  })

  it('refuses a folder that cannot be written', async () => {
    const file = path.join(await folders.empty(), 'file')
    await writeFile(file, '')
    await expect(startEmbeddedPostgres({ dataDir: file })).rejects.toThrow(`cannot write to ${file} (EEXIST`)
  })

  it('starts over when it was killed while making the cluster', async () => {
    const dataDir = await folders.empty()
    const half = path.join(dataDir, 'pgdata.new')
    await mkdir(half)
    await writeFile(path.join(half, 'PG_VERSION'), '18\n')
    await writeFile(path.join(dataDir, 'password'), 'of the half-made cluster')
    const postgres = await startEmbeddedPostgres({ dataDir })
    expect(await query(postgres.url(), 'select 1 as one')).toEqual([{ one: 1 }])
    await postgres.stop()
  })
})
