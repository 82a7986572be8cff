import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { startOfProcess } from '#adapters/process-identity.ts'

const program = fileURLToPath(new URL('../../../api/main.ts', import.meta.url))

export type Target = { readonly name: string; readonly pid: number }

const childrenOf = async (pid: number): Promise<number[]> => {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter(Boolean).map(Number)
}

const noteSchema = z.object({ pid: z.int(), start: z.string() })

/** The process of a note, if it lives yet: its pid may be another's by now. */
const livingIn = async (file: string): Promise<number | null> => {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return null
  const { pid, start } = noteSchema.parse(JSON.parse(text))
  return (await startOfProcess(pid)) === start ? pid : null
}

/** The observatory as `noctuary start --apart` runs it. */
export class Apart {
  readonly #env: NodeJS.ProcessEnv
  readonly #folder: string
  readonly #lines: string[] = []
  #superagent: ChildProcess

  constructor(dataDir: string, env: NodeJS.ProcessEnv) {
    this.#env = { ...env, DATA_DIR: dataDir }
    this.#folder = path.join(dataDir, 'processes')
    this.#superagent = this.#started()
  }

  /** What the superagents said. */
  get said(): readonly string[] {
    return this.#lines
  }

  #started(): ChildProcess {
    const child = spawn(process.execPath, [program, 'start', '--apart'], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#lines.push(...text.split('\n')))
    return child
  }

  /** Everything that lives now: the superagent, its programs, and the servers that some of these run. */
  async targets(): Promise<Target[]> {
    const notes = (await readdir(this.#folder)).filter(
      (file) => /^[a-z-]+\.json$/.test(file) && file !== 'ports.json',
    )
    const programs = (
      await Promise.all(
        notes.map(async (file) => {
          const pid = await livingIn(path.join(this.#folder, file))
          return pid === null ? [] : [{ name: path.basename(file, '.json'), pid }]
        }),
      )
    ).flat()
    const servers = await Promise.all(
      programs.map(async ({ name, pid }) =>
        (await childrenOf(pid)).slice(0, 1).map((child) => ({ name: `${name}’s server`, pid: child })),
      ),
    )
    const { pid } = this.#superagent
    return [...(pid === undefined ? [] : [{ name: 'superagent', pid }]), ...programs, ...servers.flat()]
  }

  /** Kills it, with no time for a last word; a superagent has its successor from whoever looks after it: us. */
  async kill({ name, pid }: Target): Promise<void> {
    if (name !== 'superagent') {
      process.kill(pid, 'SIGKILL')
      return
    }
    const ended = once(this.#superagent, 'exit')
    this.#superagent.kill('SIGKILL')
    await ended
    this.#superagent = this.#started()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { exitCode } = this.#superagent
    const ended = exitCode === null ? once(this.#superagent, 'exit') : null
    this.#superagent.kill('SIGINT')
    await ended
    // Whom no superagent has ended, as the last of them failed.
    for (const { name, pid } of await this.targets()) if (name !== 'superagent') process.kill(pid, 'SIGKILL')
  }
}
