import { Groups } from './persistent/groups.ts'
import { listen } from './protocol/server.ts'
import { methodsOf } from './services/methods.ts'
import { openStore } from './store/open-store.ts'

const megabyte = 1024 * 1024

export type EmbeddedEventStoreOptions = {
  /** Folder of the log; made if it is not there. */
  dataDir: string
  /** 0 takes a free one. */
  port?: number
  /** Bytes of one append, counted as EventStoreDB does. */
  maxAppendSize?: number
  /** Bytes after which the log goes on in a new file. */
  segmentSize?: number
  log?: (line: string) => void
}

export type RunningEventStore = {
  url: string
  port: number
  /** Resolves when the node has stopped by itself because its disk failed, with the reason. */
  failed: Promise<Error>
  stop(): Promise<void>
}

/** Runs an event store in this process: opens the log, recovers it, and listens on loopback. */
export const runEmbeddedEventStore = async (
  options: EmbeddedEventStoreOptions,
): Promise<RunningEventStore> => {
  const failure = Promise.withResolvers<Error>()
  const { dataDir: folder, segmentSize } = options
  const opened = await openStore({
    folder,
    onStopped: failure.resolve,
    ...(segmentSize ? { segmentSize } : {}),
  })
  if (opened.cutBytes > 0)
    options.log?.(`cut off ${opened.cutBytes} bytes of an append that was never finished`)
  try {
    const groups = new Groups(opened.store)
    const methods = methodsOf(opened.store, groups, { maxAppendSize: options.maxAppendSize ?? megabyte })
    const server = await listen(methods, options.port ?? 0)
    return {
      url: `esdb://127.0.0.1:${server.port}?tls=false`,
      port: server.port,
      failed: failure.promise,
      stop: async () => {
        groups.stop()
        await server.close()
        await opened.close()
      },
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}
