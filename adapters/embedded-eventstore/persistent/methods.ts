import type { Call } from '../protocol/call.ts'
import { invalidArgument } from '../protocol/grpc-error.ts'
import { Message } from '../protocol/message.ts'
import type { Method } from '../protocol/server.ts'
import { Consumer } from './consumer.ts'
import { parseConsumerMessage } from './consumer-messages.ts'
import { groupMissing } from './errors.ts'
import type { Group } from './group.ts'
import type { Groups } from './groups.ts'
import { groupInfo } from './info.ts'
import {
  parseDeleteRequest,
  parseGroupRequest,
  parseInfoRequest,
  parseListRequest,
  parseReplayRequest,
} from './requests.ts'

const service = '/event_store.client.persistent_subscriptions.PersistentSubscriptions'

const consume = (call: Call, groups: Groups): void => {
  let joined: { group: Group; consumer: Consumer } | undefined
  call.onMessages(
    (bytes) => {
      const message = parseConsumerMessage(bytes)
      if (message.kind === 'connect') {
        const group = groups.get(message.source, message.group)
        const consumer = new Consumer(call, message.bufferSize, message.structuredUuids)
        group.connect(consumer)
        joined = { group, consumer }
      } else if (!joined) throw invalidArgument('A consumer names its group before it answers')
      else if (message.kind === 'ack') joined.group.ack(joined.consumer, message.ids)
      else joined.group.nack(joined.consumer, message.ids, message.action, message.reason)
    },
    () => call.succeed(),
  )
}

const list = (groups: Groups, source: string | undefined): Message => {
  const found = groups.list(source)
  if (source !== undefined && found.length === 0) throw groupMissing(source, '')
  return found.reduce((message, group) => message.message(1, groupInfo(group)), new Message())
}

/** The methods of persistent subscriptions, by path. */
export const persistentMethods = (groups: Groups): [path: string, method: Method][] => {
  const unary = (name: string, answer: (request: Buffer) => Message | Promise<Message>): [string, Method] => [
    `${service}/${name}`,
    { kind: 'unary', handle: async (call) => call.succeed((await answer(await call.request())).framed()) },
  ]
  const done = async (work: Promise<void>): Promise<Message> => {
    await work
    return new Message()
  }
  return [
    [`${service}/Read`, { kind: 'streaming', handle: (call) => consume(call, groups) }],
    unary('Create', (request) => done(groups.create(parseGroupRequest(request)))),
    unary('Update', (request) => done(groups.update(parseGroupRequest(request)))),
    unary('Delete', (request) => {
      const { source, group } = parseDeleteRequest(request)
      return done(groups.delete(source, group))
    }),
    unary('GetInfo', (request) => {
      const { source, group } = parseInfoRequest(request)
      return new Message().message(1, groupInfo(groups.get(source, group)))
    }),
    unary('List', (request) => list(groups, parseListRequest(request))),
    unary('ReplayParked', (request) => {
      const { source, group, stopAt } = parseReplayRequest(request)
      return done(groups.get(source, group).replayParked(stopAt))
    }),
    unary('RestartSubsystem', () => {
      groups.restart()
      return new Message()
    }),
  ]
}
