import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { ProgramExit } from './child-program.ts'
import { startOfProcess } from './process-identity.ts'

/** A program that goes on when we end, however we end; whoever comes after us looks after it. */
export type LastingProgram = {
  readonly pid: number
  readonly exited: Promise<ProgramExit>
  /** Asks it to end, and resolves when it has. */
  stop(): Promise<void>
}

export type LastingProgramOptions = {
  readonly name: string
  /** Its note, by which it is found again, and what it says lie here as `<name>.json` and `<name>.log`. */
  readonly folder: string
  readonly script: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
}

const noteSchema = z.object({ pid: z.int().positive(), start: z.string() })
type Note = z.output<typeof noteSchema>

/** From look to look at a process that is not our child: nobody tells us when it ends. */
const lookMs = 250

const isAlive = async ({ pid, start }: Note): Promise<boolean> => (await startOfProcess(pid)) === start

const noteIn = async (file: string): Promise<Note | null> => {
  try {
    return noteSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    // There is none, or a power cut has spoilt it: then nothing of that time runs any more.
    return null
  }
}

const write = async (file: string, note: Note): Promise<void> => {
  await writeFile(`${file}.new`, JSON.stringify(note))
  await rename(`${file}.new`, file)
}

const stopper = (pid: number, exited: Promise<ProgramExit>) => async (): Promise<void> => {
  try {
    process.kill(pid, 'SIGTERM')
  } catch {
    // It has ended by itself.
  }
  await exited
}

const adopted = (file: string, note: Note): LastingProgram => {
  const gone = async (): Promise<ProgramExit> => {
    while (await isAlive(note)) await pause(lookMs)
    await rm(file, { force: true })
    return { code: null, signal: null }
  }
  const exited = gone()
  return { pid: note.pid, exited, stop: stopper(note.pid, exited) }
}

const begun = async (file: string, options: LastingProgramOptions): Promise<LastingProgram> => {
  const { name, folder, script, args, env } = options
  const log = await open(path.join(folder, `${name}.log`), 'a')
  try {
    const child = spawn(process.execPath, [script, ...args], {
      env,
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    })
    const exited = once(child, 'exit').then(([code, signal]): ProgramExit => ({ code, signal }))
    // A child without a pid has an error to tell, and no exit.
    if (child.pid === undefined)
      return await exited.then(() => Promise.reject(new Error(`${name} has no pid`)))
    const { pid } = child
    await write(file, { pid, start: (await startOfProcess(pid)) ?? 'ended' })
    const noted = exited.finally(() => rm(file, { force: true }))
    return { pid, exited: noted, stop: stopper(pid, noted) }
  } finally {
    await log.close()
  }
}

/** Finds the program that runs already, or starts it. Of two who do so at once both would start it: hold a lock. */
export const lastingProgram = async (options: LastingProgramOptions): Promise<LastingProgram> => {
  const { name, folder } = options
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, `${name}.json`)
  const note = await noteIn(file)
  return note && (await isAlive(note)) ? adopted(file, note) : begun(file, options)
}
