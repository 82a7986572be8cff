import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { postgresEnvironment } from './environment.ts'
import { EmbeddedPostgresError } from './error.ts'
import { freePort } from './free-port.ts'
import type { RunAs } from './run-as.ts'

export type ServerOptions = {
  postgres: string
  runAs: RunAs
  pgdata: string
  port?: number | undefined
  durable: boolean
  log: (line: string) => void
}

export type ServerExit = { code: number | null; signal: NodeJS.Signals | null }
export type Server = { port: number; pid: number; exited: Promise<ServerExit>; stop(): Promise<void> }

class PortTaken extends EmbeddedPostgresError {}

const volatile = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off']
const lasting = ['-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'full_page_writes=on']

const serverArguments = (pgdata: string, port: number, durable: boolean) => [
  ...['-D', pgdata, '-p', `${port}`, '-h', '127.0.0.1'],
  // A socket's path may hold 107 bytes, which a deep data folder passes: TCP only.
  ...['-c', 'unix_socket_directories=', '-c', 'max_connections=200'],
  ...(durable ? lasting : volatile),
]

const spawnServer = ({ postgres, runAs, pgdata, durable }: ServerOptions, port: number): ChildProcess => {
  const [command = postgres, ...args] = [...runAs.prefix, postgres, ...serverArguments(pgdata, port, durable)]
  // A group of its own: Ctrl-C at the terminal is for us, and we still need the database to end well.
  return spawn(command, args, {
    cwd: '/',
    env: postgresEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
}

const keptLines = 40

const untilReady = (child: ChildProcess, port: number, log: (line: string) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const tail: string[] = []
    if (child.stderr) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        log(line)
        tail.splice(0, tail.push(line) - keptLines)
        if (line.includes('database system is ready to accept connections')) resolve()
      })
    }
    child.once('error', reject)
    child.once('close', (code, signal) => {
      const said = tail.join('\n')
      if (said.includes('Address already in use')) reject(new PortTaken(`port ${port} of 127.0.0.1 is taken`))
      else reject(new EmbeddedPostgresError(`postgres ended at once (${signal ?? code}): ${said}`))
    })
  })

const exitOf = (child: ChildProcess): Promise<ServerExit> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })

const patienceMs = 30_000

const stopServer = async (child: ChildProcess, exited: Promise<ServerExit>) => {
  child.kill('SIGINT')
  // Safe after the longest wait too: the next start recovers from the write-ahead log.
  const impatience = setTimeout(() => child.kill('SIGQUIT'), patienceMs)
  await exited
  clearTimeout(impatience)
}

const startOn = async (options: ServerOptions, port: number): Promise<Server> => {
  const child = spawnServer(options, port)
  const exited = exitOf(child)
  await untilReady(child, port, options.log)
  return { port, pid: child.pid ?? 0, exited, stop: () => stopServer(child, exited) }
}

const attempts = 5

/** Starts the server and waits until it takes connections, recovering first if it was killed. */
export const startServer = async (options: ServerOptions): Promise<Server> => {
  if (options.port !== undefined) return startOn(options, options.port)
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(options, await freePort())
    } catch (error) {
      // Somebody else took the port between the look and the start.
      if (!(error instanceof PortTaken) || attempt === attempts) throw error
    }
  }
}
