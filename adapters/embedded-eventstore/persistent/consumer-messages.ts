import { Fields } from '../protocol/fields.ts'
import { invalidArgument } from '../protocol/grpc-error.ts'
import { parseUuid } from '../protocol/shared-messages.ts'
import { type GroupName, parseName } from './requests.ts'

export type NackAction = 'retry' | 'park' | 'skip'

export type ConsumerMessage =
  | { kind: 'connect'; source: string; group: string; bufferSize: number; structuredUuids: boolean }
  | { kind: 'ack'; ids: string[] }
  | { kind: 'nack'; ids: string[]; action: NackAction; reason: string }

export const parseConsumerMessage = (bytes: Buffer): ConsumerMessage => {
  const fields = new Fields(bytes)
  while (fields.next()) {
    if (fields.no === 1)
      return parseConnect(fields.message(), parseName(bytes, { stream: 1, all: 5, group: 2 }))
    if (fields.no === 2) return { kind: 'ack', ids: parseAnswer(fields.message()).ids }
    if (fields.no === 3) return { kind: 'nack', ...parseAnswer(fields.message()) }
  }
  throw invalidArgument('The message is neither options nor ack nor nack')
}

const parseConnect = (fields: Fields, name: GroupName): ConsumerMessage => {
  let bufferSize = 0
  let structuredUuids = false
  while (fields.next()) {
    if (fields.no === 3) bufferSize = fields.int32
    else if (fields.no === 4) {
      const option = fields.message()
      structuredUuids = option.next() && option.no === 1
    }
  }
  return { kind: 'connect', ...name, bufferSize: bufferSize > 0 ? bufferSize : 10, structuredUuids }
}

// Stop stops nothing in the real server either: the message is dropped.
const actions: readonly NackAction[] = ['retry', 'park', 'retry', 'skip', 'skip']

const parseAnswer = (fields: Fields): { ids: string[]; action: NackAction; reason: string } => {
  const answer = { ids: [] as string[], action: 'retry' as NackAction, reason: '' }
  while (fields.next()) {
    if (fields.no === 2) answer.ids.push(parseUuid(fields.bytes()))
    else if (fields.no === 3) answer.action = actions[fields.number] ?? 'retry'
    else if (fields.no === 4) answer.reason = fields.text()
  }
  return answer
}
