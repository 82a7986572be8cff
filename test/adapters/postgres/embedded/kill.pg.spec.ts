import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import { type Folders, openFolders, query } from './folders.ts'

const greeting = z.object({ pid: z.int(), url: z.string() })
type Owner = { child: ChildProcess; postmaster: number; url: string }

const startOwner = async (dataDir: string): Promise<Owner> => {
  const program = path.join(import.meta.dirname, 'owner.program.ts')
  const child = spawn(process.execPath, [program, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const { pid, url } = greeting.parse(JSON.parse(line))
  return { child, postmaster: pid, url }
}

const kill = async ({ child }: Owner) => {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** A connection, to see the server end. */
const witness = async (url: string) => {
  const client = new Client({ connectionString: url })
  const cut = new Promise<void>((resolve) => client.once('end', resolve))
  client.on('error', () => {})
  await client.connect()
  return { cut }
}

const write = 'create table reading as select 42 as wind'

describe('after kill -9', () => {
  let folders: Folders
  beforeAll(async () => {
    folders = await openFolders()
  })
  afterAll(() => folders.remove())

  const expectRecovered = async (dataDir: string) => {
    const postgres = await startEmbeddedPostgres({ dataDir })
    expect(await query(postgres.url(), 'select wind from reading')).toEqual([{ wind: 42 }])
    await postgres.stop()
  }

  it('of Postgres, its end is told and the next start has all that was committed', async () => {
    const dataDir = await folders.used()
    const postgres = await startEmbeddedPostgres({ dataDir })
    await query(postgres.url(), write)
    process.kill(postgres.pid, 'SIGKILL')
    expect(await postgres.exited).toEqual({ code: null, signal: 'SIGKILL' })
    await postgres.stop()
    await expectRecovered(dataDir)
  })

  it('of the program, Postgres ends by itself and the next start has all that was committed', async () => {
    const dataDir = await folders.used()
    const owner = await startOwner(dataDir)
    await query(owner.url, write)
    const { cut } = await witness(owner.url)
    await kill(owner)
    await cut
    await expectRecovered(dataDir)
  })

  it('of the program, the next start need not wait for Postgres to end', async () => {
    const dataDir = await folders.used()
    const owner = await startOwner(dataDir)
    await query(owner.url, write)
    await kill(owner)
    await expectRecovered(dataDir)
  })

  it('of both, the next start has all that was committed', async () => {
    const dataDir = await folders.used()
    const owner = await startOwner(dataDir)
    await query(owner.url, write)
    process.kill(owner.postmaster, 'SIGKILL')
    await kill(owner)
    await expectRecovered(dataDir)
  })
})
