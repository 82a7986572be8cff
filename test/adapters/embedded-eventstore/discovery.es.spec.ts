import { EventStoreDBClient } from '@eventstore/db-client'
import { afterAll, expect, it } from 'vitest'
import { type LaunchedEventStore, launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { collect, newStream, readings, temporaryFolder } from './node.ts'

const folder = temporaryFolder()
const held: { node?: LaunchedEventStore } = {}
const node = async (): Promise<LaunchedEventStore> => {
  held.node ??= await launchEmbeddedEventStore({ dataDir: folder.path })
  return held.node
}
afterAll(async () => {
  await held.node?.stop()
  folder.remove()
})

it.each([
  ['a discovery URL', (port: number) => `esdb+discover://127.0.0.1:${port}?tls=false`],
  ['several hosts, one of them dead', (port: number) => `esdb://127.0.0.1:${port},127.0.0.1:1?tls=false`],
  [
    'a preference for a follower',
    (port: number) => `esdb+discover://127.0.0.1:${port}?tls=false&nodePreference=follower`,
  ],
])('is found by %s', async (_name, urlFor) => {
  const client = EventStoreDBClient.connectionString(urlFor((await node()).port))
  const stream = newStream()
  await client.appendToStream(stream, readings(2))
  expect(await collect(client.readStream(stream))).toHaveLength(2)
  await client.dispose()
})

it('answers pings and liveness over HTTP/1.1 on the same port', async () => {
  const base = `http://127.0.0.1:${(await node()).port}`
  expect(await (await fetch(`${base}/ping`)).json()).toMatchObject({
    text: 'Ping request successfully handled',
  })
  expect((await fetch(`${base}/health/live`)).status).toBe(204)
  const missing = await fetch(`${base}/projections/any`)
  expect([missing.status, missing.statusText]).toEqual([404, 'Not Found'])
})

it('says of what it does not offer that it is not implemented, at once', async () => {
  const client = EventStoreDBClient.connectionString((await node()).url)
  await expect(client.createProjection('p', 'fromAll()')).rejects.toMatchObject({ code: 12 })
  await expect(client.listProjections()).rejects.toMatchObject({ code: 12 })
  await client.dispose()
})
