import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExportExists, openExportSink } from '#adapters/night-export/export-sink.ts'
import { exportSource } from '#adapters/night-export/export-source.ts'
import { ownFingerprint, ownSigner, signatureCheck } from '#adapters/signing/ed25519.ts'
import {
  ExportFormatUnknown,
  ExportTampered,
  ExportTruncated,
  SignatureWrong,
} from '#commands/night/export-file.ts'
import { exportNight } from '#commands/night/export-night.ts'
import { importNight, StreamIncomplete, StreamNotEmpty } from '#commands/night/import-night.ts'
import { NightUnknown } from '#commands/night/night-events.ts'
import type { NightLog } from '#commands/night/night-log.ts'
import { sealNight } from '#commands/night/seal-night.ts'
import { verifyNight } from '#commands/night/verify-night.ts'
import type { StoredEvent } from '#domain/night/hash-chain.ts'
import { canonicalJson } from '#domain/shared/canonical-json.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { answered, dusk, eve, night, record, seconds, site } from '#test/support/recorded-night.ts'

const noon = '2026-11-21T20:00:00.000Z'
const stream = `environment-${site}-${night}`

const all = async (log: NightLog): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = []
  for await (const batch of log.scan({ streams: '^[^$]' })) events.push(...batch)
  return events
}

const foreign = (name: string, revision: bigint): StoredEvent => ({
  id: `00000000-0000-4000-8000-00000000000${revision}`,
  type: 'LampLit',
  stream: name,
  revision,
  contentType: 'application/octet-stream',
  metadata: { site, night, by: 'a newer program', 7: 'integer keys come first in JavaScript' },
  data: Buffer.from([0, 255, 10, Number(revision)]).toString('base64'),
})

let folder: string
let log: FreshEventStore
let file: string
let bytes: Buffer

const exported = async (name: string) => {
  const out = path.join(folder, name)
  const signer = await ownSigner(folder)
  const sink = await openExportSink(out)
  return { out, ...(await exportNight({ site, night }, { log: log.store.nights, sink, signer, at: noon })) }
}

/** A file beside the export, made from its lines. */
const forged = async (name: string, change: (lines: string[]) => string[]): Promise<string> => {
  const lines = gunzipSync(bytes).toString('utf8').trimEnd().split('\n')
  const out = path.join(folder, name)
  await writeFile(out, gzipSync(`${change(lines).join('\n')}\n`))
  return out
}

const imported = (into: FreshEventStore, from: string, trust?: string) =>
  importNight({
    log: into.store.nights,
    source: exportSource(from),
    check: signatureCheck,
    ...(trust ? { trust } : {}),
  })

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'noctuary-export-'))
  log = await freshEventStore()
  const { store } = log
  // The eve's events and other streams stand between those of the night.
  await record(
    store,
    seconds(-86_400, -86_200).map((second) => answered(second)),
  )
  await record(
    store,
    seconds(0, 300).map((second) => answered(second)),
  )
  await store.nights.append('lamp-dome', [foreign('lamp-dome', 0n), foreign('lamp-dome', 1n)], 'none')
  await record(
    store,
    seconds(310, 900).map((second) => answered(second)),
  )
  const actor = { kind: 'program', id: 'test' } as const
  await sealNight({ site, night, at: noon, current: '2026-11-21', actor }, { store, log: store.nights })
  file = (await exported('night.noctuary.gz')).out
  bytes = await readFile(file)
})
afterAll(async () => {
  await log[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

describe('an exported night', () => {
  it('is imported into an empty log as the same events in the same order, and verifies there', async () => {
    await using other = await freshEventStore()
    const done = await imported(other, file, (await ownFingerprint(folder)) ?? 'none')
    const before = (await all(log.store.nights)).filter(
      (event) => event.stream !== `environment-${site}-${eve}`,
    )
    const after = await all(other.store.nights)
    expect(after).toEqual(before)
    // The same keys in the same order: the bytes that the log stores.
    expect(after.map(({ data, metadata }) => JSON.stringify([data, metadata]))).toEqual(
      before.map(({ data, metadata }) => JSON.stringify([data, metadata])),
    )
    expect(done).toMatchObject({ site, night, events: before.length, appended: before.length })
    expect(await verifyNight(other.store.nights, { site, night })).toMatchObject({ outcome: 'intact' })
  })

  it('says whether the seal held, and is signed with a key that only its owner can read', async () => {
    const again = await exported('again.noctuary.gz')
    expect(again.check?.outcome).toBe('intact')
    expect((await stat(path.join(folder, 'keys', 'export-ed25519.pem'))).mode & 0o777).toBe(0o600)
    expect(again.fingerprint).toBe(await ownFingerprint(folder))
  })

  it('does not replace a file, and leaves none behind for a night nobody knows', async () => {
    await expect(openExportSink(file)).rejects.toBeInstanceOf(ExportExists)
    const sink = await openExportSink(path.join(folder, 'unknown.gz'))
    const parts = { log: log.store.nights, sink, signer: await ownSigner(folder), at: noon }
    await expect(exportNight({ site, night: '2020-01-01' }, parts)).rejects.toBeInstanceOf(NightUnknown)
    expect((await readdir(folder)).filter((name) => name.startsWith('unknown'))).toEqual([])
  })

  it('is imported once: a second time appends nothing', async () => {
    await using other = await freshEventStore()
    const first = await imported(other, file)
    expect(await imported(other, file)).toEqual({ ...first, appended: 0 })
  })

  it.each([1, 2, 3])('goes on after an import that was cut off after %i appends', async (appends) => {
    await using other = await freshEventStore()
    let left = appends
    const failing: NightLog = {
      ...other.store.nights,
      append: (...given) =>
        left-- > 0 ? other.store.nights.append(...given) : Promise.reject(new Error('the power went')),
    }
    const parts = { source: exportSource(file), check: signatureCheck }
    await expect(importNight({ ...parts, log: failing })).rejects.toThrow('the power went')
    const half = (await all(other.store.nights)).length
    const { events, appended } = await imported(other, file)
    expect(appended).toBe(events - half)
    expect(half).toBeGreaterThan(0)
    expect(await all(other.store.nights)).toEqual(
      (await all(log.store.nights)).filter((event) => event.stream !== `environment-${site}-${eve}`),
    )
  })
})

const changeEvent = (line: string, change: (event: Record<string, unknown>) => object): string => {
  const { event } = JSON.parse(line)
  return JSON.stringify({ event: change(event) })
}

describe('a night is not imported', () => {
  const refused = async (
    name: string,
    from: string,
    fault: new (...given: never[]) => Error,
    trust?: string,
  ) => {
    await using other = await freshEventStore()
    await expect(imported(other, from, trust), name).rejects.toBeInstanceOf(fault)
    expect(await all(other.store.nights)).toEqual([])
  }

  it('from a file that was cut, wherever', async () => {
    const out = path.join(folder, 'cut.gz')
    for (const share of [0, 0.01, 0.5, 0.999]) {
      await writeFile(out, bytes.subarray(0, Math.floor(bytes.length * share)))
      await refused(`${share}`, out, ExportTruncated)
    }
    await refused(
      'without its last line',
      await forged('unended.gz', (lines) => lines.slice(0, -1)),
      ExportTruncated,
    )
  })

  it('from a file that was changed', async () => {
    const lines: [string, (lines: string[]) => string[]][] = [
      [
        'data',
        (all) =>
          all.with(
            5,
            changeEvent(all[5] ?? '', (event) => ({ ...event, data: {} })),
          ),
      ],
      ['an event left out', (all) => all.toSpliced(5, 1)],
      ['an event twice', (all) => all.toSpliced(5, 0, all[5] ?? '')],
      ['two events swapped', (all) => all.with(5, all[6] ?? '').with(6, all[5] ?? '')],
      ['no JSON', (all) => all.with(5, 'rubbish')],
      ['a line after the last', (all) => [...all, all[5] ?? '']],
      ['the manifest', (all) => all.with(0, (all[0] ?? '').replace('2026-11-21T20', '2026-11-21T21'))],
    ]
    for (const [name, change] of lines) {
      await refused(name, await forged('changed.gz', change), ExportTampered)
    }
    const flipped = Buffer.from(bytes)
    // The last 8 bytes are the packed content's own checksum and length.
    const at = bytes.length - 8
    flipped.writeUInt8(flipped.readUInt8(at) ^ 0x10, at)
    await writeFile(path.join(folder, 'flipped.gz'), flipped)
    await refused('a bit', path.join(folder, 'flipped.gz'), ExportTampered)
  })

  it('when its signature is another’s, or its key is not the trusted one', async () => {
    const resigned = await forged('resigned.gz', (lines) => {
      const { trailer } = JSON.parse(lines.at(-1) ?? '')
      return lines.with(-1, JSON.stringify({ trailer: { ...trailer, count: trailer.count + 1 } }))
    })
    await refused('trailer', resigned, SignatureWrong)
    await refused('trust', file, SignatureWrong, `SHA256:${'0'.repeat(64)}`)
  })

  it('when the one who signed it counts what is not there', async () => {
    const signer = await ownSigner(folder)
    const lying = await forged('lying.gz', (lines) => {
      const { signature: _, ...trailer } = JSON.parse(lines.at(-1) ?? '').trailer
      const unsigned = { ...trailer, rootHash: '0'.repeat(64) }
      return lines.with(
        -1,
        JSON.stringify({ trailer: { ...unsigned, signature: signer.sign(canonicalJson(unsigned)) } }),
      )
    })
    await refused('root', lying, ExportTampered)
  })

  it('from a file that is none, or of a later version', async () => {
    const text = path.join(folder, 'notes.txt')
    await writeFile(text, 'dear diary')
    await refused('text', text, ExportFormatUnknown)
    await refused('gzip', await forged('other.gz', () => ['{}']), ExportFormatUnknown)
    const later = await forged('later.gz', (lines) =>
      lines.with(0, (lines[0] ?? '').replace('"version":1', '"version":2')),
    )
    await refused('version', later, ExportFormatUnknown)
  })

  it('into a log that has other events in its streams', async () => {
    await using other = await freshEventStore()
    await record(other.store, [answered(5)])
    const before = await all(other.store.nights)
    await expect(imported(other, file)).rejects.toThrow(new StreamNotEmpty(stream, 0))
    expect(await all(other.store.nights)).toEqual(before)
  })

  it('when its streams begin in a night that is not there', async () => {
    await using source = await freshEventStore()
    const { nights } = source.store
    const earlier = { ...foreign('lamp-dome', 0n), metadata: { site, night: eve } }
    await nights.append('lamp-dome', [earlier, foreign('lamp-dome', 1n)], 'none')
    const out = path.join(folder, 'later-part.gz')
    const parts = { log: nights, sink: await openExportSink(out), signer: await ownSigner(folder), at: dusk }
    await exportNight({ site, night }, parts)
    await refused('gap', out, StreamIncomplete)
  })
})
