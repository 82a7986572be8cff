import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { startOfProcess } from './process-identity.ts'

const claimSchema = z.object({ pid: z.int(), start: z.string(), host: z.string(), since: z.iso.datetime() })
type Claim = z.infer<typeof claimSchema>

export type DataDirLock = { release(): Promise<void> }

/** Another living process holds the folder. */
export class DataDirLocked extends Error {
  override readonly name = 'DataDirLocked'
  readonly code = 'data_dir_locked'
  readonly pid: number

  constructor(dir: string, { pid, host, since }: Claim) {
    super(
      `${dir} is in use by process ${pid} on ${host} since ${since}; ` +
        'stop that process first, or choose another folder (DATA_DIR)',
    )
    this.pid = pid
  }
}

const ownClaim = async (): Promise<Claim> => ({
  pid: process.pid,
  start: (await startOfProcess(process.pid)) ?? 'unknown',
  host: hostname(),
  since: new Date().toISOString(),
})

// A claim is renamed into place whole, so one that cannot be read comes from a power cut: nobody alive wrote it.
const readClaim = async (file: string): Promise<Claim | undefined> => {
  try {
    return claimSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}

const isAlive = async ({ pid, start }: Claim) => (await startOfProcess(pid)) === start

/** The first claim other than ours whose process lives; those of the dead are swept away on the way. */
const livingRival = async (dir: string, prefix: string, own: string): Promise<Claim | undefined> => {
  const names = (await readdir(dir)).filter((name) => name.startsWith(prefix) && name.endsWith('.lock'))
  for (const file of names.map((name) => path.join(dir, name)).filter((file) => file !== own)) {
    const claim = await readClaim(file)
    if (claim && (await isAlive(claim))) return claim
    await rm(file, { force: true })
  }
  return undefined
}

const writeClaim = async (file: string) => {
  await writeFile(`${file}.new`, JSON.stringify(await ownClaim()))
  await rename(`${file}.new`, file)
}

const attempts = 6

/**
 * Refuses (`DataDirLocked`) while another living process holds `dir` under the same name; a lock left by a killed
 * process does not count. Each process writes a claim of its own and then looks for others, so there is no shared
 * file to take over and two can never both win; of two that start in the same instant, one steps back and tries again.
 */
export const lockDataDir = async (dir: string, name = 'noctuary'): Promise<DataDirLock> => {
  await mkdir(dir, { recursive: true })
  const file = path.join(dir, `${name}-${process.pid}-${randomUUID()}.lock`)
  for (let attempt = 1; ; attempt++) {
    await writeClaim(file)
    const rival = await livingRival(dir, `${name}-`, file)
    if (rival === undefined) return { release: () => rm(file, { force: true }) }
    await rm(file, { force: true })
    if (attempt === attempts) throw new DataDirLocked(dir, rival)
    await pause(10 + Math.random() * 40)
  }
}
