import { open } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { launchEmbeddedEventStore } from '#adapters/embedded-eventstore/launch.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { testFolder } from '#test/support/test-folder.ts'
import { noctuary } from './observatory.ts'

const metadata = {
  occurredAt: '2026-11-21T04:00:00.000Z',
  correlationId: '5c7bdb4e-6f0e-5f4e-9d0a-2f1f0c9b8a11',
  causationId: '5c7bdb4e-6f0e-5f4e-9d0a-2f1f0c9b8a11',
  actor: { kind: 'agent', id: 'environment-monitor' },
  site: 'osm',
  night: '2026-11-20',
} as const

const lost = (n: number) => ({
  id: `00000000-0000-4000-8000-${`${n}`.padStart(12, '0')}`,
  type: 'PlcLinkLost',
  data: { address: '127.0.0.1:5003', phase: 'connect', detail: `nobody listens, ${n}` },
  metadata,
})

/** A log of some events in a folder of its own, with its node stopped again. */
const recordedLog = async () => {
  const folder = await testFolder()
  onTestFinished(() => folder.remove())
  const data = path.join(folder.path, 'log')
  const node = await launchEmbeddedEventStore({ dataDir: data })
  const store = openEventStore(node.url)
  await store.append('environment-osm-2026-11-20', [1, 2, 3].map(lost), 'none')
  await store.close()
  await node.stop()
  return { data, beside: (name: string) => path.join(folder.path, name) }
}

describe('noctuary log', () => {
  it('verify finds a sound log sound, and tells where a changed one is damaged', async () => {
    const { data } = await recordedLog()
    const sound = await noctuary(['log', 'verify', '--data', data]).ended
    expect(sound).toMatchObject({ code: 0, said: expect.stringContaining('the log is sound') })
    const file = await open(path.join(data, '0000000000000000.log'), 'r+')
    const { size } = await file.stat()
    await file.write(Buffer.from('x'), 0, 1, size - 400)
    await file.close()
    const damaged = await noctuary(['log', 'verify', '--data', data]).ended
    expect(damaged).toMatchObject({
      code: 17,
      said: expect.stringMatching(/damaged at byte \d+|torn bytes +[1-9]/),
    })
  })

  it('info says how much there is and since when', async () => {
    const { data } = await recordedLog()
    const { code, said } = await noctuary(['log', 'info', '--data', data]).ended
    expect(code).toBe(0)
    expect(said).toMatch(/events +\d+\n/)
    expect(said).toMatch(/first event +\d{4}-/)
  })

  it('backup copies what is new, and the copy is as sound', async () => {
    const { data, beside } = await recordedLog()
    const to = beside('backup')
    const first = await noctuary(['log', 'backup', '--data', data, '--to', to]).ended
    expect(first.said).not.toContain(' 0 of them new')
    const second = await noctuary(['log', 'backup', '--data', data, '--to', to]).ended
    expect(second.said).toContain(' 0 of them new')
    expect((await noctuary(['log', 'verify', '--data', to]).ended).code).toBe(0)
  })

  it('copy takes the events to another event store and compares', async () => {
    const { data, beside } = await recordedLog()
    const [source, target] = await Promise.all([
      launchEmbeddedEventStore({ dataDir: data }),
      launchEmbeddedEventStore({ dataDir: beside('target') }),
    ])
    const { code, said } = await noctuary(['log', 'copy', '--from', source.url, '--to', target.url]).ended
    expect(code).toBe(0)
    expect(said).toContain('3 events copied; 1 streams are the same on both sides')
    const store = openEventStore(target.url)
    const copied: unknown[] = []
    for await (const { id, data: facts } of store.readBackwards('environment-osm-2026-11-20'))
      copied.unshift({ id, facts })
    expect(copied).toEqual([1, 2, 3].map((n) => ({ id: lost(n).id, facts: lost(n).data })))
    await store.close()
    await Promise.all([source.stop(), target.stop()])
  })

  it('names the folder that is no log', async () => {
    const { code, said } = await noctuary(['log', 'verify', '--data', '/nowhere/at/all']).ended
    expect(code).toBe(1)
    expect(said).toContain('/nowhere/at/all does not exist')
  })
})
