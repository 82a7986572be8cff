import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client'
import { expect, it } from 'vitest'
import { classic, collect, readings, temporaryFolder } from './node.ts'

const main = fileURLToPath(new URL('../../../adapters/embedded-eventstore/main.ts', import.meta.url))
const unshare = 'unshare'
const inNamespace = ['--user', '--map-root-user', '--mount', '--', 'sh', '-c']
const mount = 'mount -t tmpfs -o size=3m none "$0"'
const folder = temporaryFolder()
const canMount = spawnSync(unshare, [...inNamespace, mount, folder.path]).status === 0

it.skipIf(!canMount)('refuses appends on a disk that is really full, and goes on serving reads', async () => {
  const child = spawn(
    unshare,
    [
      ...inNamespace,
      `${mount} && exec "$@"`,
      folder.path,
      process.execPath,
      main,
      '--data',
      folder.path,
      '--stdin-lifeline',
    ],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const [line] = await once(createInterface(child.stdout), 'line')
  const client = EventStoreDBClient.connectionString(JSON.parse(line).url)
  const large = () => jsonEvent({ type: 'Large', data: { text: 'x'.repeat(200_000) } })
  let written = 0
  const fillUp = async (): Promise<void> => {
    for (;;) {
      await client.appendToStream('full', [large()], classic)
      written++
    }
  }
  await expect(fillUp()).rejects.toThrow(/no room on the disk/)
  expect(written).toBeGreaterThan(5)
  expect(await collect(client.readStream('full'))).toHaveLength(written)
  await client.appendToStream('small', readings(1), classic)
  await expect(client.appendToStream('full', [large()], classic)).rejects.toThrow(/no room on the disk/)
  expect(await collect(client.readStream('full'))).toHaveLength(written)
  await client.dispose()
  child.stdin.end()
  expect(await once(child, 'exit')).toEqual([0, null])
  folder.remove()
})
