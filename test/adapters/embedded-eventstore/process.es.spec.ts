import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CancelledError, EventStoreDBClient } from '@eventstore/db-client'
import { describe, expect, it } from 'vitest'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { classic, eventually, newStream, readings, temporaryFolder } from './node.ts'

const main = fileURLToPath(new URL('../../../adapters/embedded-eventstore/main.ts', import.meta.url))
const launcher = new URL('../../../adapters/embedded-eventstore/launch.ts', import.meta.url).href

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the program', () => {
  it.each([
    ['no folder', [], '--data is missing'],
    ['a port that is none', ['--data', '/tmp/x', '--port', '70000'], '--port 70000 is not a port'],
    ['an unknown option', ['--data', '/tmp/x', '--speed', '9'], "Unknown option '--speed'"],
  ])('ends with a clear sentence when it is given %s', (_name, args, sentence) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toContain(sentence)
    expect(stdout).toBe('')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly on %s', async (signal) => {
    const folder = temporaryFolder()
    const node = await launchEmbeddedEventStore({ dataDir: folder.path })
    process.kill(node.pid, signal)
    expect(await node.exited).toEqual({ code: 0, signal: null })
    folder.remove()
  })

  it('does not outlive a parent that was killed', async () => {
    const folder = temporaryFolder()
    const script = `import { launchEmbeddedEventStore } from '${launcher}'
      const node = await launchEmbeddedEventStore({ dataDir: process.argv[1] })
      console.log(node.pid)
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, folder.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [pid] = await once(createInterface(parent.stdout), 'line')
    expect(isAlive(Number(pid))).toBe(true)
    parent.kill('SIGKILL')
    await eventually(() => isAlive(Number(pid))).toBe(false)
    folder.remove()
  })

  it('cuts reads that are under way when it stops, as the real server does', async () => {
    const folder = temporaryFolder()
    const node = await launchEmbeddedEventStore({ dataDir: folder.path })
    const client = EventStoreDBClient.connectionString(node.url)
    const stream = newStream()
    await client.appendToStream(stream, readings(1), classic)
    const subscription = client.subscribeToStream(stream, { fromRevision: 'start' })
    const error = new Promise((resolve) => subscription.once('error', resolve))
    await new Promise<void>((resolve) => subscription.once('data', () => resolve()))
    await node.stop()
    expect(await error).toBeInstanceOf(CancelledError)
    await client.dispose()
    folder.remove()
  })
})
