import { Message } from '../protocol/message.ts'

const version = '24.10.4'
const persistent = 'event_store.client.persistent_subscriptions.persistentsubscriptions'
const streams = 'event_store.client.streams.streams'

const methods: readonly (readonly [service: string, method: string, ...features: string[]])[] = [
  [streams, 'read', 'position', 'events'],
  [streams, 'append'],
  [streams, 'batchappend', 'deadline_duration'],
  [streams, 'delete'],
  [streams, 'tombstone'],
  ...['create', 'update', 'delete', 'read', 'getinfo', 'list', 'replayparked', 'restartsubsystem'].map(
    (method) => [persistent, method, 'stream', 'all'] as const,
  ),
  ['event_store.client.gossip.gossip', 'read'],
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods'],
]

/** The answer to GetSupportedMethods: what the client asks before most operations. */
export const supportedMethods = (): Buffer => {
  const message = new Message()
  for (const [service, method, ...features] of methods) {
    message.message(1, (entry) => {
      entry.text(1, method).text(2, service)
      for (const feature of features) entry.text(3, feature)
      return entry
    })
  }
  return message.text(2, version).framed()
}
