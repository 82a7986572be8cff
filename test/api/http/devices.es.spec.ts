import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { PNG } from 'pngjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { healthOf } from '#api/health.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { converseOn } from '#commands/devices/conversations.ts'
import { requestDeviceCommand } from '#commands/devices/request-command.ts'
import { fitsFile } from '#domain/images/fits.ts'
import { nightStream } from '#domain/night/streams.ts'
import { nightOf } from '#domain/shared/night.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { devices } from '#projections/devices/projection.ts'
import { images } from '#projections/images/projection.ts'
import { readModels } from '#projections/read-database.ts'
import { actingFor, localAccess, locally } from '#test/support/access.ts'
import { deviceStory } from '#test/support/device-story.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { type Happening, tell } from '#test/support/happenings.ts'
import { freshDatabase } from '#test/support/postgres.ts'
import { startRunning } from '#test/support/running-projections.ts'

const stack = new AsyncDisposableStack()
let url = ''
let store: OpenEventStore
const nightNow = nightOf(instantOf(Date.now()), site.timeZone)
const pixels = Uint16Array.from({ length: 64 * 32 }, (_, i) => 1_000 + (i % 7))
const fits = fitsFile({ width: 64, height: 32, pixels, cards: [] })
const computed = fitsFile({ width: 64, height: 32, pixels: new Float32Array(64 * 32), cards: [] })

const automatic: Happening = {
  type: 'ControlModeChanged',
  data: { mode: 'automatic', previous: 'manual', why: 'test' },
  night: nightNow,
  stream: nightStream(site.id, nightNow),
}

/** An image whose file the log names outside the data folder, as no program of ours would. */
const outside = (story: readonly Happening[]): Happening[] =>
  story
    .filter(({ type }) => type === 'ImageAcquired')
    .slice(0, 1)
    .map((image) => ({
      ...image,
      data: { ...Object(image.data), imageId: 'outside', file: 'images/../../secret' },
      stream: 'observation-outside-1',
    }))

beforeAll(async () => {
  const log = stack.use(await freshEventStore())
  const { pool } = stack.use(await freshDatabase())
  store = log.store
  const dataDir = await mkdtemp(path.join(tmpdir(), 'noctuary-images-'))
  stack.defer(() => rm(dataDir, { recursive: true }))
  await mkdir(path.join(dataDir, 'images/2026-11-20'), { recursive: true })
  await writeFile(path.join(dataDir, 'images/2026-11-20/devices.1-0.fits'), fits)
  await writeFile(path.join(dataDir, 'images/2026-11-20/devices.1-4-calibrated.fits'), computed)
  await tell(store, [...deviceStory, automatic, ...outside(deviceStory)])
  const running = stack.use(startRunning([devices, images], { pool, feed: store }))
  const clock = systemClock
  const server = await makeServer({
    access: localAccess,
    db: readModels(pool),
    orderDevice: requestDeviceCommand({ store, site }),
    dataDir,
    site,
    events: store,
    clock,
    health: async () => healthOf([], [], clock),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  url = await server.listen({ host: '127.0.0.1', port: 0 })
  stack.defer(() => server.close())
  for (const name of ['devices', 'images'])
    await running.until((status) => status.name === name && status.state === 'live')
})

afterAll(() => stack.disposeAsync())

const get = async (where: string) => {
  const answer = await fetch(`${url}${where}`)
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const post = async (where: string, body: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${url}${where}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...locally, ...headers },
    body: JSON.stringify(body),
  })
  const location = answer.headers.get('location') ?? ''
  return { status: answer.status, location, body: (await answer.json()) as Record<string, unknown> }
}

describe('devices over HTTP', () => {
  it('P41 shows every device: line, status, faults; and one with its commands and alarms', async () => {
    const { body } = await get('/api/devices')
    expect(body['items']).toHaveLength(5)
    expect(body['items']).toContainEqual(
      expect.objectContaining({ device: 'telescope', link: expect.objectContaining({ state: 'up' }) }),
    )
    const dome = await get('/api/devices/dome')
    expect(dome.body).toMatchObject({
      device: 'dome',
      capabilities: expect.arrayContaining(['open', 'close']),
    })
    expect(dome.body['commands']).toHaveLength(20)
    expect(dome.body['alarms']).toHaveLength(5)
  })

  it('P40 a manual command in automatic mode is 409, and its refusal is on record', async () => {
    const { status, location, body } = await post('/api/devices/dome/commands', { name: 'open' })
    expect({ status, code: body['code'] }).toEqual({ status: 409, code: 'refused_in_automatic' })
    const command = await get(`${location}?wait=20`)
    expect(command.body).toMatchObject({ state: 'refused', code: 'refused_in_automatic', by: 'local' })
  })

  it('A16 waits for the end of a command; the same key is the same command', async () => {
    const headers = { 'idempotency-key': 'close-1', ...actingFor('olga') }
    const first = await post('/api/devices/dome/commands', { name: 'close' }, headers)
    const again = await post('/api/devices/dome/commands', { name: 'close' }, headers)
    expect([first.status, again.status]).toEqual([202, 202])
    expect(again.body).toEqual(first.body)
    const pending = await get(`${first.location}?wait=0.5`)
    expect([200, 404]).toContain(pending.status)
    const over = get(`${first.location}?wait=30`)
    const subject = {
      device: 'dome',
      name: 'close',
      conversationId: String(first.body['id']),
      night: nightNow,
    }
    const { tell: say } = converseOn(store, site.id)
    for (const step of [{ type: 'Agree' }, { type: 'Complete', result: {} }] as const)
      await say(
        { ...subject, ...step, device: 'dome' },
        {
          commandId: randomUUID(),
          at: instantOf(Date.now()),
          night: nightNow,
          actor: { kind: 'agent', id: 'dome-agent' },
        },
      )
    expect((await over).body).toMatchObject({ state: 'completed', by: 'olga' })
  })

  it.each([
    [{ name: 'oben' }, 'unknown_command', 'dome has no command oben; it has open, close'],
    [{ name: 'rotate', parameters: { azimuthDeg: 400 } }, 'bad_parameters', 'parameters.azimuthDeg'],
    [{ name: 'close', now: true }, 'invalid_request', 'now'],
  ])('P42 what is no command is 400: %o', async (body, code, words) => {
    const answer = await post('/api/devices/dome/commands', body)
    expect({ status: answer.status, code: answer.body['code'] }).toEqual({ status: 400, code })
    expect(answer.body['detail']).toContain(words)
  })
})

describe('images over HTTP', () => {
  it('lists them newest first, page by page, each once', async () => {
    const seen: unknown[] = []
    let next: unknown = ''
    while (next !== null) {
      const { body } = await get(`/api/images?limit=7${next ? `&before=${next}` : ''}`)
      seen.push(...(body['items'] as { image_id: string }[]).map((image) => image.image_id))
      next = body['next']
    }
    expect(seen).toHaveLength(51)
    expect(new Set(seen).size).toBe(51)
    expect(seen[0]).toBe('calibration-19')
  })

  it('P44 lists the calibration frames of a kind, and says which flat is of no use', async () => {
    const { body } = await get('/api/images?kind=flat')
    const flats = body['items'] as { kind: string; usable: boolean; request_id: null }[]
    expect(flats.map(({ kind, usable }) => [kind, usable])).toEqual(
      [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => ['flat', n !== 3]),
    )
    expect((await get('/api/images/calibration-19')).body).toMatchObject({ kind: 'bias', request_id: null })
    const light = await get('/api/images?kind=light')
    expect(light.body['items']).toHaveLength(31)
    expect((await get('/api/images?kind=day')).status).toBe(400)
  })

  it('gives the FITS file as it lies there, and a picture of it', async () => {
    const file = await fetch(`${url}/api/images/devices.1-0/fits`)
    expect(file.headers.get('content-type')).toBe('application/fits')
    expect(Buffer.compare(Buffer.from(await file.arrayBuffer()), fits)).toBe(0)
    const preview = await fetch(`${url}/api/images/devices.1-0/preview.png`)
    const png = PNG.sync.read(Buffer.from(await preview.arrayBuffer()))
    expect([png.width, png.height]).toEqual([64, 32])
  })

  it('P44 says what an image was corrected with, what is missing and how good it is, and gives the corrected file', async () => {
    expect((await get('/api/images/devices.1-4')).body).toMatchObject({
      analysis: 'calibrated',
      masters: { bias: 'bias-1', dark: null, flat: null },
      missing: ['dark', 'flat'],
      background_counts: 404,
      fwhm_px: 2.04,
      sources: 24,
      limiting_magnitude: 19,
    })
    const file = await fetch(`${url}/api/images/devices.1-4/calibrated.fits`)
    expect(Buffer.compare(Buffer.from(await file.arrayBuffer()), computed)).toBe(0)
    const { body: masters } = await get('/api/masters?night=2026-11-20')
    expect(masters['items']).toMatchObject([
      { master_id: 'bias-1', mean: 1_000, frames: ['calibration-16', 'calibration-18'], not_built: null },
      { master_id: 'dark-1', file: null, not_built: 'none of its frames can be read' },
    ])
    expect((await get('/api/masters/dark-1/fits')).status).toBe(404)
  })

  it('P45 shows what is in an image of an alert and in no catalogue', async () => {
    const { body } = await get('/api/images/devices.1-4')
    expect(body['candidates']).toMatchObject([
      { ra_deg: 10.6, dec_deg: 41.2, snr: 80.5, catalogue: 'simulated sky' },
    ])
    const found = (await get('/api/images?candidates=true')).body['items'] as { image_id: string }[]
    expect(found.map(({ image_id }) => image_id)).toEqual(['devices.1-4'])
  })

  it('P44 an image that waits is 409, one that cannot be corrected 410, with the reason', async () => {
    const waiting = await get('/api/images/devices.1-20/calibrated.fits')
    expect([waiting.status, waiting.body['code']]).toEqual([409, 'image_not_calibrated'])
    const refused = await get('/api/images/devices.1-29/calibrated.fits')
    expect([refused.status, refused.body['detail']]).toEqual([
      410,
      'Image devices.1-29 cannot be: images/2026-11-20/devices.1-29.fits is not in the data folder.',
    ])
  })

  it('never leaves its folder, and says what is not there', async () => {
    expect((await get('/api/images/outside/fits')).body).toMatchObject({ code: 'image_file_gone' })
    expect((await get('/api/images/devices.1-3/fits')).body).toMatchObject({ code: 'image_file_gone' })
    expect(await get('/api/images/nobody')).toMatchObject({ status: 404, body: { code: 'image_unknown' } })
    expect((await get('/api/images/..%2F..%2Fsecret/fits')).status).toBe(404)
  })
})
