import type { Call, CallKind } from '../protocol/call.ts'
import type { Method, Methods } from '../protocol/server.ts'
import type { Store } from '../store/store.ts'
import { type AppendLimits, append } from './append.ts'
import { BatchAppender } from './batch-append.ts'
import { read } from './read.ts'
import { supportedMethods } from './server-features.ts'

const streams = '/event_store.client.streams.Streams'

const method = (kind: CallKind, handle: (call: Call) => void | Promise<void>): Method => ({ kind, handle })

/** Every method this node answers, by path. */
export const methodsOf = (store: Store, limits: AppendLimits): Methods =>
  new Map([
    [`${streams}/Read`, method('streaming', (call) => read(call, store))],
    [`${streams}/Append`, method('unary', (call) => append(call, store, limits))],
    [
      `${streams}/BatchAppend`,
      method('streaming', (call) => {
        new BatchAppender(call, store, limits)
      }),
    ],
    [
      '/event_store.client.server_features.ServerFeatures/GetSupportedMethods',
      method('unary', async (call) => {
        await call.request()
        call.succeed(supportedMethods())
      }),
    ],
  ])
