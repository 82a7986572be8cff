import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type LaunchOptions = {
  dataDir: string
  port?: number
  /** Receives what the node writes to stderr, line by line. */
  log?: (line: string) => void
}

export type ExitReason = { code: number | null; signal: NodeJS.Signals | null }

export type LaunchedEventStore = {
  url: string
  port: number
  pid: number
  exited: Promise<ExitReason>
  /** Stops cleanly and waits for the end. */
  stop(): Promise<void>
}

const entry = fileURLToPath(new URL('./main.ts', import.meta.url))

/** Starts the event store as a process of its own, which ends with this one however that ends. */
export const launchEmbeddedEventStore = async (options: LaunchOptions): Promise<LaunchedEventStore> => {
  const args = [entry, '--port', `${options.port ?? 0}`, '--data', options.dataDir, '--stdin-lifeline']
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const exited = new Promise<ExitReason>((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }))
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  // The node may be gone before its lifeline is: writing to it is never needed.
  child.stdin.on('error', () => {})
  const { port, url, pid } = await readiness(child, options.log)
  return {
    url,
    port,
    pid,
    exited,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}

type Readiness = { port: number; url: string; pid: number }

const readiness = (child: ChildProcess, log: ((line: string) => void) | undefined): Promise<Readiness> =>
  new Promise((resolve, reject) => {
    const complaints: string[] = []
    const { stdout, stderr } = child
    if (!stdout || !stderr) throw new Error('the event store was started without pipes')
    createInterface(stderr).on('line', (line) => {
      complaints.push(line)
      if (complaints.length > 20) complaints.shift()
      log?.(line)
    })
    createInterface(stdout).on('line', (line) => {
      const ready = parseReadiness(line)
      if (ready) resolve(ready)
    })
    child.once('error', reject)
    child.once('close', (code, signal) =>
      reject(new Error(`the event store did not start (${signal ?? code}): ${complaints.join(' ')}`)),
    )
  })

const parseReadiness = (line: string): Readiness | undefined => {
  const ready: unknown = JSON.parse(line)
  if (typeof ready !== 'object' || ready === null) return undefined
  if (!('port' in ready) || !('url' in ready) || !('pid' in ready)) return undefined
  const { port, url, pid } = ready
  if (typeof port !== 'number' || typeof url !== 'string' || typeof pid !== 'number') return undefined
  return { port, url, pid }
}
