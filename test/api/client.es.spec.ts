import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doorOf } from '#test/support/signing-in.ts'
import { typesOfOpenapi } from '#test/support/types-of-openapi.ts'
import { wholeApi } from '#test/support/whole-api.ts'

const root = path.resolve(import.meta.dirname, '../..')
const stack = new AsyncDisposableStack()
let api: Awaited<ReturnType<typeof wholeApi>>
let folder: string

const program = `
import { type components, connectNoctuary } from 'noctuary/client'

const noctuary = connectNoctuary({ url: process.argv[2] ?? '', token: process.argv[3] ?? '' })
const session = await noctuary.GET('/api/session')
const may: ('read' | 'audit' | 'request' | 'operate' | 'admin' | 'personal')[] = session.data?.may ?? []
const id = 'r0000000000'
const made = await noctuary.POST('/api/requests/fake')
const receipt: string | undefined = made.data?.id
const { data, error } = await noctuary.POST('/api/requests/{id}/submit', { params: { path: { id } } })
const problem: components['schemas']['Problem'] | undefined = error
// @ts-expect-error There is no such address.
noctuary.GET('/api/weather').catch(() => {})
// @ts-expect-error A request is named by its id.
noctuary.POST('/api/requests/{id}/submit').catch(() => {})
// @ts-expect-error The mode is one of few.
noctuary.POST('/api/night/mode', { body: { mode: 'asleep', why: 'tired' } }).catch(() => {})
console.log(JSON.stringify({ user: session.data?.user, may, made: typeof receipt, data: data ?? null, code: problem?.code }))
`

const run = (file: string, ...args: string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    execFile(file, args, { cwd: folder }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }),
    )
  })

beforeAll(async () => {
  api = stack.use(await wholeApi())
  folder = await mkdtemp(path.join(tmpdir(), 'noctuary-client-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  await mkdir(path.join(folder, 'node_modules'))
  await symlink(root, path.join(folder, 'node_modules/noctuary'))
  await writeFile(path.join(folder, 'package.json'), '{ "type": "module", "private": true }')
  const compilerOptions = {
    strict: true,
    module: 'nodenext',
    target: 'es2024',
    noEmit: true,
    types: ['node'],
  }
  const typeRoots = [path.join(root, 'node_modules/@types')]
  await writeFile(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, typeRoots }, files: ['main.ts'] }),
  )
  await writeFile(path.join(folder, 'main.ts'), program)
})
afterAll(() => stack.disposeAsync())

describe('noctuary/client', () => {
  it('has the types of the API as it is', async () => {
    const { body } = await doorOf(api).ask('GET', '/api/openapi.json')
    await expect(typesOfOpenapi(body)).toMatchFileSnapshot(path.join(root, 'api/client/paths.d.ts'))
  })

  it('is checked and used by another project', async () => {
    const door = doorOf(api)
    await door.register('ana', 'observer')
    const { secret } = await door.tokenOf('ana', ['read', 'request'])
    const checked = await run(process.execPath, path.join(root, 'node_modules/typescript/bin/tsc'), '-p', '.')
    expect(checked).toEqual({ code: 0, out: '' })
    const ran = await run(process.execPath, 'main.ts', api.url, secret)
    expect([ran.code, JSON.parse(ran.out)]).toEqual([
      0,
      { user: 'ana', may: ['read', 'request'], made: 'string', data: null, code: 'request_unknown' },
    ])
  })
})
