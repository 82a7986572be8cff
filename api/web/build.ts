import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const source = path.join(root, 'api', 'web', 'page')

/** What the page is made of: its own files, the formulas it takes from the domain, and the libraries' versions. */
const inputs = [source, path.join(root, 'domain'), path.join(root, 'package.json')]
const keptBuilds = 4

const filesUnder = async (place: string): Promise<string[]> => {
  if ((await stat(place)).isFile()) return [place]
  const entries = await readdir(place, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name))
}

/** One name for one state of the sources: the same name is the same page. */
const keyOfSources = async (): Promise<string> => {
  const files = (await Promise.all(inputs.map(filesUnder))).flat().sort()
  const hash = createHash('sha256')
  const contents = await Promise.all(files.map((file) => readFile(file)))
  files.forEach((file, i) => {
    hash.update(`${path.relative(root, file)}\0`).update(contents[i] ?? '')
  })
  return hash.digest('hex').slice(0, 20)
}

const isThere = async (folder: string): Promise<boolean> =>
  stat(path.join(folder, 'index.html')).then(
    () => true,
    () => false,
  )

const runVite = async (outDir: string): Promise<void> => {
  // Only where there is something to build: it takes longer to load than all the rest.
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: source,
    publicDir: false,
    cacheDir: `${outDir}.cache`,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  })
}

const dropOld = async (cache: string, current: string): Promise<void> => {
  const names = (await readdir(cache)).filter((name) => name !== current)
  const aged = await Promise.all(
    names.map(async (name) => ({
      name,
      ms: (await stat(path.join(cache, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  )
  const old = aged.toSorted((a, b) => b.ms - a.ms).slice(keptBuilds)
  await Promise.all(old.map(({ name }) => rm(path.join(cache, name), { recursive: true, force: true })))
}

/** The first folder that can be written to. */
const writable = async (folders: readonly string[]): Promise<string> => {
  for (const folder of folders.slice(0, -1))
    try {
      await mkdir(folder, { recursive: true })
      return folder
    } catch {}
  const last = folders.at(-1) ?? source
  await mkdir(last, { recursive: true })
  return last
}

/**
 * The folder with the built page, building it first when its sources are others than those it was built from. Several
 * programs may do so at once: each builds beside, and the first that is done is kept. Throws what Vite complains of.
 */
export const builtPage = async (fallback: string): Promise<string> => {
  const key = await keyOfSources()
  const cache = await writable([path.join(root, 'node_modules', '.cache', 'noctuary-page'), fallback])
  const folder = path.join(cache, key)
  if (await isThere(folder)) return folder
  const beside = path.join(cache, `${key}.${randomUUID().slice(0, 8)}`)
  try {
    await runVite(beside)
    await rename(beside, folder).catch(async (error: unknown) => {
      if (!(await isThere(folder))) throw error
    })
    await dropOld(cache, key)
  } finally {
    await rm(beside, { recursive: true, force: true })
    await rm(`${beside}.cache`, { recursive: true, force: true })
  }
  return folder
}
