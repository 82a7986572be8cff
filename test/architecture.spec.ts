import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const run = promisify(execFile)
const root = path.resolve(import.meta.dirname, '..')

const layers = ['domain', 'commands', 'projections', 'adapters', 'simulators', 'api', 'test']

const allowed: Record<string, readonly string[]> = {
  domain: ['#domain', 'zod', 'astronomy-engine', './beside.ts'],
  commands: ['#domain', '#commands', 'rxjs'],
  projections: ['#domain', '#projections', 'rxjs'],
  adapters: ['#domain', '#commands', '#projections', '#adapters', 'node:fs', 'pg'],
  simulators: ['#domain', '#simulators', 'node:net'],
  api: ['#domain', '#commands', '#projections', '#adapters', '#simulators', '#api', 'fastify'],
}

const forbidden: Record<string, readonly string[]> = {
  domain: ['node:fs', 'node:crypto', 'rxjs', 'pg', '../../adapters/clock.ts'],
  commands: ['../../projections/x.ts', '../../adapters/clock.ts'],
  projections: ['../../commands/handle.ts', '../../adapters/clock.ts'],
  adapters: ['../../simulators/x.ts', '../../api/main.ts'],
  simulators: ['../../commands/handle.ts', '../../adapters/clock.ts'],
  api: ['../../test/x.ts'],
}

type Probe = { from: string; imports: string; file: string }

const probes = (table: Record<string, readonly string[]>): Omit<Probe, 'file'>[] =>
  Object.entries(table).flatMap(([from, list]) => list.map((imports) => ({ from, imports })))

const otherLayers = (from: string): string[] =>
  layers.map((layer) => `#${layer}`).filter((layer) => !allowed[from]?.includes(layer))

const numbered = (list: Omit<Probe, 'file'>[], kind: string): Probe[] =>
  list.map((probe, i) => ({ ...probe, file: `${probe.from}/probe/${kind}-${i}.ts` }))

const allowedProbes = numbered(probes(allowed), 'allowed')
const forbiddenProbes = numbered(
  [
    ...probes(forbidden),
    ...probes(Object.fromEntries(Object.keys(allowed).map((from) => [from, otherLayers(from)]))),
  ],
  'forbidden',
)

const specifierOf = (imports: string) => (imports.startsWith('#') ? `${imports}/some/file.ts` : imports)

const reportSchema = z.object({
  diagnostics: z.array(z.object({ category: z.string(), location: z.object({ path: z.string() }) })),
})

/** The files that the linter's layer rules refuse, of a folder with our settings and the probes alone. */
const refusedBy = async (folder: string): Promise<Set<string>> => {
  const biome = path.join(root, 'node_modules', '.bin', 'biome')
  const args = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.']
  const { stdout } = await run(biome, args, { cwd: folder }).catch((error: { stdout: string }) => error)
  const { diagnostics } = reportSchema.parse(JSON.parse(stdout))
  const restricted = diagnostics.filter(({ category }) => category === 'lint/style/noRestrictedImports')
  return new Set(restricted.map(({ location }) => location.path))
}

describe('the linter keeps the layers apart', () => {
  let folder: string
  let refused: Set<string>
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'noctuary-layers-'))
    await cp(path.join(root, '.biome.json'), path.join(folder, '.biome.json'))
    for (const { from, imports, file } of [...allowedProbes, ...forbiddenProbes]) {
      await mkdir(path.join(folder, from, 'probe'), { recursive: true })
      // A type alone is a dependency too.
      const text = `import type { Probe } from '${specifierOf(imports)}'\n\nexport type Again = Probe\n`
      await writeFile(path.join(folder, file), text)
    }
    refused = await refusedBy(folder)
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.each(allowedProbes)('$from may import $imports', ({ file }) => expect(refused).not.toContain(file))
  it.each(forbiddenProbes)('$from may not import $imports', ({ file }) => expect(refused).toContain(file))
})

const ignored = ['node_modules', 'data', 'coverage']

// Not asked of git: the suite also runs in a copy of the checkout that has none.
const topEntries = async (): Promise<string[]> =>
  (await readdir(root)).filter(
    (name) => !name.startsWith('.') && !ignored.includes(name) && !name.endsWith('.log'),
  )

const files = async (): Promise<string[]> => {
  const present = (await topEntries()).filter((name) => layers.includes(name))
  const lists = await Promise.all(
    present.map((layer) => readdir(path.join(root, layer), { recursive: true })),
  )
  return lists.flat()
}

const packageSchema = z.object({ optionalDependencies: z.record(z.string(), z.string()) })
const lockSchema = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })

const readJson = async (file: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(root, file), 'utf8'))

describe('the tree', () => {
  it('has at its top what DESIGN.md names, and dot-files', async () => {
    const expected = [
      ...layers,
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'vitest.config.ts',
      'README.md',
      'LICENSE',
    ]
    expect((await topEntries()).filter((name) => !expected.includes(name))).toEqual([])
  })

  it('has no file named for nothing in particular', async () => {
    const vague = /(^|\/)(utils?|helpers?|misc|common)(\/|\.|$)/
    expect((await files()).filter((file) => vague.test(file))).toEqual([])
  })

  // npm leaves out of the lockfile what its registry lacks, and a later `npm ci` then fails or drops it in silence.
  it('has every optional dependency in the lockfile, in its very version', async () => {
    const { optionalDependencies } = packageSchema.parse(await readJson('package.json'))
    const { packages } = lockSchema.parse(await readJson('package-lock.json'))
    const locked = Object.keys(optionalDependencies).map((name) => [
      name,
      packages[`node_modules/${name}`]?.version,
    ])
    expect(Object.fromEntries(locked)).toEqual(optionalDependencies)
  })

  // A download address ties the project to one registry.
  it('has no download address in the lockfile', async () => {
    expect(await readFile(path.join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": *"https?:/)
  })
})
