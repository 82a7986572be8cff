import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { openExportSink } from '#adapters/night-export/export-sink.ts'
import { ownSigner } from '#adapters/signing/ed25519.ts'
import { exportNight } from '#commands/night/export-night.ts'
import type { NightLog } from '#commands/night/night-log.ts'
import type { StoredEvent } from '#domain/night/hash-chain.ts'
import { eventIdOf, noctuaryNamespace } from '#domain/shared/ids.ts'
import { noctuary } from '#test/api/cli/observatory.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { dusk, night, site } from '#test/support/recorded-night.ts'

const streams = [`device-a-${night}`, `device-b-${night}`]

const happened = (stream: string, revision: number): StoredEvent => ({
  id: eventIdOf(noctuaryNamespace, revision * 2 + streams.indexOf(stream)),
  type: 'DeviceStatusRecorded',
  stream,
  revision: BigInt(revision),
  contentType: 'application/json',
  metadata: { site, night },
  data: { revision },
})

const all = async (log: NightLog): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = []
  for await (const batch of log.scan({ streams: '^[^$]' })) events.push(...batch)
  return events
}

it('an import killed half-way goes on when it is run again', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-killed-'))
  await using log = await freshEventStore()
  await using other = await freshEventStore()
  const { nights } = log.store
  // Two streams in turns, twenty at a time: 200 appends to import.
  for (let from = 0; from < 2_000; from += 20)
    for (const stream of streams) {
      const batch = Array.from({ length: 20 }, (_, i) => happened(stream, from + i))
      await nights.append(stream, batch, from === 0 ? 'none' : BigInt(from - 1))
    }
  const file = path.join(folder, 'night.gz')
  const parts = { log: nights, sink: await openExportSink(file), signer: await ownSigner(folder), at: dusk }
  await exportNight({ site, night }, parts)

  const settings = { EVENTSTORE_URL: other.url, DATA_DIR: folder }
  const { child } = noctuary(['import', file], settings)
  const ended = once(child, 'close')
  while ((await other.store.nights.lastRevision(`device-b-${night}`)) === 'none');
  child.kill('SIGKILL')
  await ended
  const half = (await all(other.store.nights)).length
  expect(half).toBeGreaterThan(0)
  expect(half).toBeLessThan(4_000)

  const again = await noctuary(['import', file], settings).ended
  expect(again).toMatchObject({ code: 0, said: expect.stringContaining(`${half} were there before`) })
  expect(await all(other.store.nights)).toEqual(await all(nights))
  await rm(folder, { recursive: true })
})
