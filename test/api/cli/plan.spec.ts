import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../../..')
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'noctuary-plan-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const noctuary = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, 'api/main.ts'), ...args], (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })

const file = async (name: string, content: unknown): Promise<string> => {
  const at = path.join(folder, name)
  await writeFile(at, typeof content === 'string' ? content : JSON.stringify(content))
  return at
}

const requests = {
  requests: [
    {
      name: 'crab',
      priority: 10,
      sequences: [{ name: 'r', target: { ra: '05:34:31.9', dec: '+22:00:52' }, durationS: 1200 }],
    },
    { name: 'south', sequences: [{ name: 'far', target: { ra: 201, dec: -63 }, durationS: 600 }] },
  ],
}

describe('noctuary plan', () => {
  it('prints a plan and what was left out with reasons', async () => {
    const at = await file('requests.json', requests)
    const { code, stdout } = await noctuary('plan', '--night', '2026-12-12', '--requests', at)
    expect(code).toBe(0)
    expect(stdout).toContain('1 planned, 1 left out')
    expect(stdout).toMatch(/07:\d\d:\d\d .*crab\/r/)
    expect(stdout).toMatch(/south\/far {2}BELOW_LIMIT: its highest is -7\.4°/)
  })

  it('prints the same as JSON, byte for byte the same each time', async () => {
    const at = await file('requests.json', requests)
    const args = ['plan', '--night', '2026-12-12', '--requests', at, '--json']
    const [first, second] = await Promise.all([noctuary(...args), noctuary(...args)])
    expect(JSON.parse(first.stdout)).toMatchObject({
      site: 'osm',
      night: '2026-12-12',
      placed: [{ id: 'crab/r' }],
      unplaced: [{ id: 'south/far', reason: { code: 'BELOW_LIMIT' } }],
    })
    expect(second.stdout).toBe(first.stdout)
  })

  it('tells every fault of the file with its path', async () => {
    const at = await file('bad.json', {
      requests: [{ name: 'r', sequences: [{ name: 's', durationS: -1, target: null }] }],
    })
    const { code, stdout, stderr } = await noctuary('plan', '--night', '2026-12-12', '--requests', at)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('requests[0].sequences[0].durationS: a duration is a positive number of seconds')
  })

  it.each([
    [['--night', '2026-12-12', '--requests', '/nowhere.json'], '/nowhere.json cannot be read'],
    [['--night', 'tomorrow', '--requests', '/nowhere.json'], 'a night is a date like 2026-12-12'],
    [['--night', '2026-12-12'], "required option '--requests <file>' not specified"],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await noctuary('plan', ...args)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })

  it('refuses a file that is no JSON', async () => {
    const at = await file('broken.json', '{"requests": [')
    const { stderr } = await noctuary('plan', '--night', '2026-12-12', '--requests', at)
    expect(stderr).toContain('broken.json is not JSON')
  })
})

describe('noctuary visibility', () => {
  it('tells when a target can be observed', async () => {
    const { stdout } = await noctuary(
      'visibility',
      '--ra',
      '05:34:31.9',
      '--dec',
      '-10:00:52',
      '--night',
      '2026-12-12',
    )
    expect(stdout).toContain('Sun below -12° from 2026-12-13T01:37:21')
    expect(stdout).toMatch(/observable 04:\d\d:\d\d to 10:\d\d:\d\d UTC/)
  })

  it('refuses an angle that is none', async () => {
    const { code, stderr } = await noctuary(
      'visibility',
      '--ra',
      '25:61:00',
      '--dec',
      '0',
      '--night',
      '2026-12-12',
    )
    expect(code).toBe(2)
    expect(stderr).toContain('"25:61:00" is no right ascension')
  })
})
