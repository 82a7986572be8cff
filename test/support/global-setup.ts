import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#adapters/postgres/embedded/start.ts'
import { forgetProduction, refuseProduction } from './production.ts'
import { type TestFolder, testFolder } from './test-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the address of the test cluster, starting it when the first test asks. */
    postgresDoor: string
  }
}

type Cluster = { folder: TestFolder; postgres: EmbeddedPostgres }

const startCluster = async (): Promise<Cluster> => {
  const folder = await testFolder()
  try {
    return { folder, postgres: await startEmbeddedPostgres({ dataDir: folder.path, durable: false }) }
  } catch (error) {
    await folder.remove()
    throw error
  }
}

const stopCluster = async ({ folder, postgres }: Cluster) => {
  await postgres.stop()
  await folder.remove()
}

/** One cluster for the whole run. A run that needs no database does not start one. */
const openDoor = async () => {
  let cluster: Promise<Cluster> | undefined
  // The answer holds a superuser's password, and any user of the machine can knock.
  const knock = `/${randomUUID()}`
  const server = createServer(async (request, response) => {
    if (request.url !== knock) return response.writeHead(404).end()
    cluster ??= startCluster()
    const address = cluster.then(({ postgres }) => postgres.url('postgres'))
    return response.end(await address.catch((error: unknown) => `failed: ${error}`))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the door has no port')
  return {
    url: `http://127.0.0.1:${address.port}${knock}`,
    close: async () => {
      server.close()
      // A cluster that failed to start has told the tests so, and left nothing.
      await cluster?.then(stopCluster, () => {})
    },
  }
}

/** Runs once, before any test. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  refuseProduction(process.env)
  forgetProduction(process.env)
  const door = await openDoor()
  project.provide('postgresDoor', door.url)
  return door.close
}
