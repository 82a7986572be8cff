import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { answered, fine, record, seconds, site } from '#test/support/recorded-night.ts'
import { noctuary } from './observatory.ts'

/** Long gone, so that it is over whenever this runs. */
const [gone, unsealed] = ['2020-06-01', '2020-06-02'] as const
const sixYearsS = Math.round((Date.parse('2020-06-02T06:00:00Z') - Date.parse('2026-11-21T02:00:00Z')) / 1000)

let log: FreshEventStore
let folder: string
let file: string
const say = (...args: string[]) => noctuary(args, { EVENTSTORE_URL: log.url, DATA_DIR: folder }).ended
const elsewhere = (data: string, ...args: string[]) =>
  noctuary(args, { DATA_DIR: path.join(folder, data) }).ended

beforeAll(async () => {
  log = await freshEventStore()
  folder = await mkdtemp(path.join(tmpdir(), 'noctuary-nights-'))
  file = path.join(folder, 'night.gz')
  const at = (from: number, to: number, windMs = 3) =>
    seconds(sixYearsS + from, sixYearsS + to, 6).map((second) => answered(second, fine(second, { windMs })))
  await record(log.store, [...at(0, 1260), ...at(1266, 1500, 11), ...at(86_400, 86_460)])
})
afterAll(async () => {
  await log[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

describe('the commands about a night', () => {
  it('seal it once, and find it intact', async () => {
    const sealed = await say('seal', gone)
    expect(sealed).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^sealed: \d+ events.*\nroot {2}[0-9a-f]{64}\n$/),
    })
    expect(await say('seal', gone)).toMatchObject({
      code: 0,
      said: sealed.said.replace('sealed', 'was sealed before'),
    })
    expect(await say('verify', gone)).toMatchObject({ code: 0, said: expect.stringContaining('INTACT') })
    const all = await say('verify', '--all', '--json')
    expect(all.code).toBe(0)
    expect(JSON.parse(all.said)).toMatchObject({ night: gone, outcome: 'intact' })
  })

  it.each([
    [['verify', unsealed], 4, 'was never sealed'],
    [['verify', '2019-01-01'], 5, 'no event of the night of 2019-01-01'],
    [['verify', 'yesterday'], 2, '"yesterday" is no night'],
    [['verify'], 2, 'name a night, or say --all'],
    [['seal', '2999-01-01'], 12, 'is not over'],
    [['what-if', gone, '--set', 'wind'], 2, 'write quantity.limit=number'],
    [['what-if', gone, '--set', 'wind.unsafeMs=2', '--check'], 2, 'leave --set out'],
  ])('%j ends with %i: %s', async (args, code, sentence) => {
    const ended = await say(...args)
    expect(ended.said).toContain(sentence)
    expect(ended.code).toBe(code)
  })

  it('judge it anew: as it was by its own limits, otherwise by others', async () => {
    expect(await say('what-if', gone, '--check')).toMatchObject({
      code: 0,
      said: expect.stringContaining('every event comes out as it was recorded'),
    })
    const { code, said } = await say('what-if', gone, '--set', 'wind.unsafeKmh=45', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(said).openMinutes.unsafeGained).toBeGreaterThan(1)
  })

  it('export it and import it into the log of another data folder, which they start themselves', async () => {
    expect(await say('export', gone, '--out', file)).toMatchObject({
      code: 0,
      said: expect.stringContaining('as it was sealed'),
    })
    const fingerprint = /SHA256:[0-9a-f]{64}/.exec((await say('import', file)).said)?.[0] ?? ''
    expect(await elsewhere('other', 'import', file, '--trust', fingerprint)).toMatchObject({
      code: 0,
      said: expect.stringContaining('(trusted)'),
    })
    expect(await elsewhere('other', 'verify', gone)).toMatchObject({
      code: 0,
      said: expect.stringContaining('INTACT'),
    })
  })

  it('do not import what is cut, changed, another’s or no export, and say each', async () => {
    const bytes = await readFile(file)
    const damaged = Buffer.from(bytes)
    damaged.writeUInt8(damaged.readUInt8(bytes.length - 8) ^ 1, bytes.length - 8)
    const faulty = async (content: Buffer | string, trust: string[] = []) => {
      const other = path.join(folder, 'faulty.gz')
      await writeFile(other, content)
      const { code, said } = await elsewhere('third', 'import', other, ...trust)
      return [code, said.includes('nothing was imported')]
    }
    expect(await faulty(bytes.subarray(0, 5000))).toEqual([7, true])
    expect(await faulty(damaged)).toEqual([8, true])
    expect(await faulty(bytes, ['--trust', 'SHA256:0'])).toEqual([9, true])
    expect(await faulty('dear diary')).toEqual([10, true])
    expect((await elsewhere('third', 'verify', gone)).code).toBe(5)
  })

  it('tell what came after the seal', async () => {
    await record(log.store, [answered(sixYearsS + 1506)])
    const { code, said } = await say('verify', gone)
    expect(code).toBe(6)
    expect(said).toContain(`of environment-${site}-${gone}`)
    expect(said).toContain('came after the seal')
  })

  it('say when no log answers', async () => {
    const ended = await noctuary(['verify', gone], { EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false' }).ended
    expect(ended).toMatchObject({
      code: 13,
      said: expect.stringContaining('the event store does not answer'),
    })
  })
})
