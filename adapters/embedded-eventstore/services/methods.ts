import type { Groups } from '../persistent/groups.ts'
import { persistentMethods } from '../persistent/methods.ts'
import type { Call, CallKind } from '../protocol/call.ts'
import type { Method, Methods } from '../protocol/server.ts'
import type { Store } from '../store/store.ts'
import { type AppendLimits, append } from './append.ts'
import { BatchAppender } from './batch-append.ts'
import { deleteStream, tombstoneStream } from './delete.ts'
import { readGossip } from './gossip.ts'
import { read } from './read.ts'
import { supportedMethods } from './server-features.ts'

const streams = '/event_store.client.streams.Streams'

const method = (kind: CallKind, handle: (call: Call) => void | Promise<void>): Method => ({ kind, handle })

/** Every method this node answers, by path. */
export const methodsOf = (store: Store, groups: Groups, limits: AppendLimits): Methods =>
  new Map([
    ...persistentMethods(groups),
    [`${streams}/Read`, method('streaming', (call) => read(call, store))],
    [`${streams}/Append`, method('unary', (call) => append(call, store, limits))],
    [
      `${streams}/BatchAppend`,
      method('streaming', (call) => {
        new BatchAppender(call, store, limits)
      }),
    ],
    [`${streams}/Delete`, method('unary', (call) => deleteStream(call, store))],
    [`${streams}/Tombstone`, method('unary', (call) => tombstoneStream(call, store))],
    ['/event_store.client.gossip.Gossip/Read', method('unary', readGossip)],
    [
      '/event_store.client.server_features.ServerFeatures/GetSupportedMethods',
      method('unary', async (call) => {
        await call.request()
        call.succeed(supportedMethods())
      }),
    ],
  ])
