import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { postgresEnvironment } from './environment.ts'
import { EmbeddedPostgresError } from './error.ts'
import type { RunAs } from './run-as.ts'

const run = promisify(execFile)

export const superuser = 'noctuary'

/** The places inside a data folder. */
export type ClusterFolder = { root: string; pgdata: string; passwordFile: string }

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Makes the folder if need be, and proves that it can be written. */
export const openClusterFolder = async (dataDir: string): Promise<ClusterFolder> => {
  try {
    await mkdir(dataDir, { recursive: true })
    // The kernel reports working directories without symbolic links, see stale-lock.ts.
    const root = await realpath(dataDir)
    const probe = path.join(root, `probe-${process.pid}`)
    await writeFile(probe, '')
    await rm(probe)
    return { root, pgdata: path.join(root, 'pgdata'), passwordFile: path.join(root, 'password') }
  } catch (error) {
    throw new EmbeddedPostgresError(
      `cannot write to ${path.resolve(dataDir)} (${reasonOf(error)}): choose a folder you may write to (DATA_DIR)`,
    )
  }
}

const versionOf = (pgdata: string) =>
  readFile(path.join(pgdata, 'PG_VERSION'), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  )

const initdbArguments = (pgdata: string, passwordFile: string, durable: boolean) => [
  `--pgdata=${pgdata}`,
  `--username=${superuser}`,
  // Any user of the machine can reach a loopback port, and a superuser runs programs: trust would be a hole.
  '--auth=scram-sha-256',
  `--pwfile=${passwordFile}`,
  // Stretching protects weak passwords; ours is 192 random bits, and every connection would pay for it.
  '--set=scram_iterations=1',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
  ...(durable ? [] : ['--no-sync']),
]

const initdb = async (binaries: Binaries, runAs: RunAs, args: string[]) => {
  const [command = binaries.initdb, ...rest] = [...runAs.prefix, binaries.initdb, ...args]
  try {
    await run(command, rest, { cwd: '/', env: postgresEnvironment() })
  } catch (error) {
    throw new EmbeddedPostgresError(
      `initdb failed, running as ${runAs.name}: ${reasonOf(error)}\n` +
        'every folder above the checkout and above DATA_DIR must be open to the user it runs as',
    )
  }
}

const syncFolder = async (folder: string) => {
  await using handle = await open(folder)
  await handle.sync()
}

const createCluster = async (folder: ClusterFolder, binaries: Binaries, runAs: RunAs, durable: boolean) => {
  const { root, pgdata, passwordFile } = folder
  // Made aside and renamed: initdb killed half-way leaves nothing that looks like a cluster.
  const fresh = path.join(root, 'pgdata.new')
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  for (const place of [fresh, passwordFile]) await chown(place, runAs.owner.uid, runAs.owner.gid)
  await initdb(binaries, runAs, initdbArguments(fresh, passwordFile, durable))
  await rename(fresh, pgdata)
  if (durable) await syncFolder(root)
}

// The way of running may differ from last time: another kernel, another container.
const handOver = async (pgdata: string, { uid, gid }: RunAs['owner']) => {
  const { uid: current } = await stat(path.join(pgdata, 'PG_VERSION'))
  if (process.getuid?.() === 0 && current !== uid) await run('chown', ['-R', `${uid}:${gid}`, pgdata])
}

/** Sees to a cluster of the right version that `runAs` can use, making one when there is none; gives its password. */
export const ensureCluster = async (
  folder: ClusterFolder,
  binaries: Binaries,
  runAs: RunAs,
  durable: boolean,
): Promise<string> => {
  const version = await versionOf(folder.pgdata)
  if (version === undefined) await createCluster(folder, binaries, runAs, durable)
  else if (version !== `${binaries.major}`) {
    throw new EmbeddedPostgresError(
      `${folder.pgdata} was written by Postgres ${version} and this is Postgres ${binaries.major}: ` +
        'move the folder away; the read models are rebuilt from the log',
    )
  }
  await handOver(folder.pgdata, runAs.owner)
  return readFile(folder.passwordFile, 'utf8')
}
