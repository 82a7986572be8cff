import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type ChildProgram, startProgram } from '#adapters/child-program.ts'

export type LaunchOptions = {
  dataDir: string
  /** A free one by default. */
  port?: number
  /** Bytes after which the log goes on in a new file; 64 MiB by default. */
  segmentSize?: number
  /** Receives what the node writes to stderr, line by line. */
  log?: (line: string) => void
}

export type LaunchedEventStore = Omit<ChildProgram, 'ready'> & { readonly url: string; readonly port: number }

const entry = fileURLToPath(new URL('./main.ts', import.meta.url))
const readySchema = z.object({ url: z.string(), port: z.number().int() })

/** Starts the event store as a process of its own, which ends with this one however that ends. */
export const launchEmbeddedEventStore = async ({
  dataDir,
  port = 0,
  segmentSize,
  log = () => {},
}: LaunchOptions): Promise<LaunchedEventStore> => {
  const segments = segmentSize === undefined ? [] : ['--segment-size', `${segmentSize}`]
  const args = ['--port', `${port}`, '--data', dataDir, ...segments]
  const { ready, ...program } = await startProgram(entry, args, log)
  return { ...program, ...readySchema.parse(ready) }
}
