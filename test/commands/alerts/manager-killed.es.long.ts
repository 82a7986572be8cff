import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startAlertChain } from '#test/support/alert-chain.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { logOf } from '#test/support/log-of.ts'
import { folderSource, noticeBytes } from '#test/support/notices.ts'

const program = fileURLToPath(new URL('manager.program.ts', import.meta.url))
const at = '2026-11-21T04:00:35.000Z'
const triggers = Array.from({ length: 6 }, (_, n) => `${2_000_000 + n}`)

/** Lives until it has said so many lines, each right before or right after something was done. */
const liveFor = async (lines: number, url: string): Promise<void> => {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, EVENTSTORE_URL: url, NOW: at },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  let said = 0
  for await (const _ of createInterface({ input: child.stdout })) if (++said === lines) break
  child.kill('SIGKILL')
  await exited
}

it('P33 an alert manager that is killed at every step leaves one request of every notice', {
  timeout: 300_000,
}, async () => {
  await using log = await freshEventStore()
  await using chain = await startAlertChain(log.store, at, { deciding: false })
  const text = new TextDecoder().decode(noticeBytes('swift-bat.xml'))
  for (const trigger of triggers)
    await chain.receive({
      raw: new TextEncoder().encode(text.replaceAll('1300001', trigger)),
      source: folderSource(`${trigger}.xml`),
      receivedAt: at,
    })
  // One by one, before and after each; then all the rest: taking and asking are two commands a trigger.
  for (const lines of [1, 2, 3, 4]) await liveFor(lines, log.url)
  {
    await using last = await startAlertChain(log.store, at)
    await last.event('RequestSubmitted', ({ stream }) => stream.endsWith(triggers.at(-1) ?? ''))
  }
  for (const trigger of triggers) {
    const types = async (stream: string) => (await logOf(log.store, stream)).map(({ type }) => type)
    expect(await types(`trigger-swift-${trigger}`)).toEqual([
      'TriggerOpened',
      'TriggerJudged',
      'AlertRequestMade',
    ])
    expect(await types(`request-alert-swift-${trigger}`)).toEqual(['RequestSubmitted'])
  }
})
