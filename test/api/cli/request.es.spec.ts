import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localEnv } from '#test/support/access.ts'
import { formGiven, sequenceGiven } from '#test/support/requests.ts'
import { startRequestsApi } from '#test/support/requests-api.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const pyros = path.join(root, 'test/fixtures/pyros/routine_request_01.xml')

let api: Awaited<ReturnType<typeof startRequestsApi>>
let folder = ''
beforeAll(async () => {
  api = await startRequestsApi()
  folder = await mkdtemp(path.join(tmpdir(), 'noctuary-request-'))
})
afterAll(async () => {
  await api[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const noctuary = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const all = [path.join(root, 'api/main.ts'), 'request', ...args, '--url', api.url, '--user', 'ana']
    execFile(process.execPath, all, { env: { ...process.env, ...localEnv } }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })

const fileOf = async (name: string, content: unknown): Promise<string> => {
  const at = path.join(folder, name)
  await writeFile(at, JSON.stringify(content))
  return at
}

describe('noctuary request', () => {
  it('submits a file, shows it, lists it and withdraws it', async () => {
    const submitted = await noctuary('submit', await fileOf('good.json', formGiven()))
    expect(submitted).toMatchObject({ code: 0, stderr: '' })
    const [, id = ''] = /^(r\w{10}) SUBMITTED\n {2}\1\.1 {2}crab in r\n$/.exec(submitted.stdout) ?? []
    await api.get('/api/requests')
    const shown = await noctuary('show', id)
    expect(JSON.parse(shown.stdout)).toMatchObject({ id, status: 'SUBMITTED', user_id: 'ana' })
    expect((await noctuary('list', '--status', 'SUBMITTED')).stdout).toContain(id)
    const withdrawn = await noctuary('withdraw', id, '--why', 'cloudy')
    expect([withdrawn.code, withdrawn.stdout.split('\n')[0]]).toEqual([0, `${id} WITHDRAWN`])
  })

  it("P28 takes PYROS's file with its oddities on stderr, and strictly refuses it", async () => {
    const taken = await noctuary('submit', pyros)
    expect([taken.code, taken.stderr.split('\n').length]).toEqual([0, 5])
    const strictly = await noctuary('submit', pyros, '--strict')
    expect([strictly.code, strictly.stdout]).toEqual([2, ''])
    expect(strictly.stderr).toContain('line 3: its name says 200 s')
    const draft = await noctuary('submit', pyros, '--draft', '--json')
    expect(JSON.parse(draft.stdout)).toMatchObject({ status: 'DRAFT' })
  })

  it('ends with 18 for what can never be, 2 for what cannot be read', async () => {
    const south = await fileOf(
      'south.json',
      formGiven({ sequences: [sequenceGiven({ target: { ra: 0, dec: -80 } })] }),
    )
    const refused = await noctuary('submit', south)
    expect(refused.code).toBe(18)
    expect(refused.stderr).toMatch(/culminates -?\d+\.\d° high.*kept as a draft at \/api\/requests\/r/)
    const odd = await noctuary('submit', await fileOf('odd.json', { ...formGiven(), colour: 'red' }))
    expect([odd.code, odd.stderr]).toEqual([2, 'colour: nothing here is called "colour"\n'])
    expect((await noctuary('submit', path.join(folder, 'gone.xml'))).code).toBe(2)
    expect((await noctuary('submit', 'request.yaml')).stderr).toContain('neither .xml nor .json')
    expect(await noctuary('show', 'r0000000000')).toMatchObject({
      code: 18,
      stderr: 'There is no request r0000000000.\n',
    })
  })
})
