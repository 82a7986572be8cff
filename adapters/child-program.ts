import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export type ProgramExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** A program of ours in a process of its own. It ends when we do: its standard input is its lifeline. */
export type ChildProgram = {
  readonly pid: number
  /** What it said when it was ready: one line of JSON. */
  readonly ready: unknown
  readonly exited: Promise<ProgramExit>
  /** Asks it to end, and resolves when it has. */
  stop(): Promise<void>
}

/** Starts `script` with this Node; resolves when it says it is ready, rejects with its own words when it ends before. */
export const startProgram = async (
  script: string,
  args: readonly string[],
  log: (line: string) => void,
): Promise<ChildProgram> => {
  // In a group of its own: a Ctrl-C in the terminal is for us, and we end it in our own order.
  const child = spawn(process.execPath, [script, ...args, '--stdin-lifeline'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const lastWords: string[] = []
  createInterface(child.stderr).on('line', (line) => {
    lastWords.push(line)
    if (lastWords.length > 20) lastWords.shift()
    log(line)
  })
  // The lifeline breaks when the child dies; its exit tells that better.
  child.stdin.on('error', () => {})
  const exited = once(child, 'close').then(([code, signal]): ProgramExit => ({ code, signal }))
  const firstLine = once(createInterface(child.stdout), 'line').then(([line]) => String(line))
  const line = await Promise.race([firstLine, exited.then(() => null)])
  if (line === null || child.pid === undefined)
    throw new Error(lastWords.join('\n') || `${script} ended without a word`)
  return {
    pid: child.pid,
    ready: JSON.parse(line),
    exited,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}
