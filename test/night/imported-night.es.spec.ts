import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Pool } from 'pg'
import { expect, it } from 'vitest'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { openExportSink } from '#adapters/night-export/export-sink.ts'
import { exportSource } from '#adapters/night-export/export-source.ts'
import { ownSigner, signatureCheck } from '#adapters/signing/ed25519.ts'
import { exportNight } from '#commands/night/export-night.ts'
import { importNight } from '#commands/night/import-night.ts'
import { sealNight } from '#commands/night/seal-night.ts'
import { projections } from '#projections/catalogue.ts'
import type { Projection } from '#projections/engine/definition.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import {
  answered,
  fine,
  night,
  record,
  rejectedAt,
  seconds,
  site,
  unanswered,
} from '#test/support/recorded-night.ts'
import { startRunning } from '#test/support/running-projections.ts'

const at = '2026-11-21T20:00:00.000Z'

// Where an event stands in the whole log is the one thing an import cannot keep; the order of the log is kept.
const rowsOf = async (pool: Pool, { tables }: Projection): Promise<Record<string, unknown[]>> => {
  const all: Record<string, unknown[]> = {}
  for (const [table, { key, columns }] of Object.entries(tables)) {
    const order = 'commit_position' in columns ? 'commit_position' : key.join(', ')
    const row = `(to_jsonb(rows) - 'commit_position' - 'prepare_position')::text`
    const { rows } = await pool.query(`select ${row} as row from ${table} rows order by ${order}`)
    all[table] = rows.map((found) => found.row)
  }
  return all
}

const readModelsOf = async (store: OpenEventStore) => {
  await using database = await freshDatabase()
  await using running = startRunning(projections, { pool: database.pool, feed: store })
  for (const { name } of projections)
    await running.until((status) => status.name === name && status.role === 'live' && status.state === 'live')
  const models: Record<string, unknown> = {}
  for (const projection of projections) models[projection.name] = await rowsOf(database.pool, projection)
  return models
}

it('an imported night gives the read models that the night gave', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-import-'))
  await using log = await freshEventStore()
  await using other = await freshEventStore()
  const { store } = log
  await record(store, [
    ...seconds(0, 600, 6).map((second) => answered(second)),
    rejectedAt(603),
    ...seconds(606, 700, 6).map(unanswered),
    ...seconds(702, 900, 6).map((second) => answered(second, fine(second, { rain: 2 }))),
  ])
  const actor = { kind: 'program', id: 'test' } as const
  await sealNight({ site, night, at, current: '2026-11-21', actor }, { store, log: store.nights })
  const file = path.join(folder, 'night.gz')
  const signer = await ownSigner(folder)
  await exportNight({ site, night }, { log: store.nights, sink: await openExportSink(file), signer, at })
  await importNight({ log: other.store.nights, source: exportSource(file), check: signatureCheck })
  const [before, after] = await Promise.all([readModelsOf(store), readModelsOf(other.store)])
  expect(after).toEqual(before)
  const filled = Object.entries(before).filter(([, model]) =>
    Object.values(model as Record<string, unknown[]>).some((rows) => rows.length > 0),
  )
  expect(filled.map(([name]) => name)).toEqual(['weatherwatch', 'sitewatch', 'environment', 'journal'])
  await rm(folder, { recursive: true })
})
