import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBinaries } from '#adapters/postgres/embedded/binaries.ts'
import { ensureCluster, openClusterFolder, superuser } from '#adapters/postgres/embedded/cluster.ts'
import { waysToRun } from '#adapters/postgres/embedded/run-as.ts'
import { startServer } from '#adapters/postgres/embedded/server.ts'
import { type Folders, openFolders, query } from './folders.ts'

describe('the ways to run Postgres', () => {
  let folders: Folders
  beforeAll(async () => {
    folders = await openFolders()
  })
  afterAll(() => folders.remove())

  it('each starts on the folder that the one before has left, and on an empty one', async () => {
    const { initdb, postgres, major } = await findBinaries()
    const [handedOn, durable] = [await folders.empty(), false]
    const worked: string[] = []
    for await (const runAs of waysToRun(postgres)) {
      for (const dataDir of [handedOn, await folders.empty()]) {
        const folder = await openClusterFolder(dataDir)
        const password = await ensureCluster(folder, { initdb, postgres, major }, runAs, durable)
        const { pgdata } = folder
        const server = await startServer({ postgres, runAs, pgdata, durable, log: () => {} })
        const url = `postgres://${superuser}:${password}@127.0.0.1:${server.port}/postgres`
        expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
        await server.stop()
      }
      worked.push(runAs.name)
    }
    expect(worked).not.toEqual([])
  })
})
