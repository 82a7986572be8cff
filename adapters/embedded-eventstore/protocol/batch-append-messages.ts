import type { NewEvent } from '../log/record.ts'
import { type AppendOutcome, expectedRevision } from '../store/expected.ts'
import { parseProposedMessage } from './append-request.ts'
import { appendSuccess } from './append-response.ts'
import { Fields } from './fields.ts'
import { GrpcError, grpcStatus, invalidArgument } from './grpc-error.ts'
import { Message } from './message.ts'
import { expectedOf, parseStreamIdentifier, parseUuid } from './shared-messages.ts'

export type BatchOptions = { stream: Buffer; expected: number; deadlineMs: number }

export type BatchFragment = {
  correlationId: string
  options: BatchOptions | undefined
  events: NewEvent[]
  isFinal: boolean
  /** What is wrong with the fragment; its append fails, the others on this call do not. */
  error: unknown
}

export const parseBatchFragment = (bytes: Buffer, nowMs: number): BatchFragment => {
  const fragment: BatchFragment = {
    correlationId: '',
    options: undefined,
    events: [],
    isFinal: false,
    error: undefined,
  }
  const fields = new Fields(bytes)
  while (fields.next()) {
    if (fields.no === 1) fragment.correlationId = parseUuid(fields.bytes())
    else if (fields.no === 4) fragment.isFinal = fields.bool
    else parseInto(fragment, fields, nowMs)
  }
  if (fragment.correlationId === '') throw invalidArgument('A batch append has no correlation id')
  return fragment
}

const parseInto = (fragment: BatchFragment, fields: Fields, nowMs: number): void => {
  try {
    if (fields.no === 2) fragment.options = parseOptions(fields.message(), nowMs)
    else if (fields.no === 3) fragment.events.push(parseProposedMessage(fields.message()))
  } catch (error) {
    fragment.error ??= error
  }
}

const parseOptions = (fields: Fields, nowMs: number): BatchOptions => {
  const options: BatchOptions = {
    stream: Buffer.alloc(0),
    expected: expectedRevision.any,
    deadlineMs: Number.POSITIVE_INFINITY,
  }
  while (fields.next()) {
    if (fields.no === 1) options.stream = parseStreamIdentifier(fields.bytes())
    else if (fields.no === 6) options.deadlineMs = parseTime(fields.message())
    else if (fields.no === 7) options.deadlineMs = nowMs + parseTime(fields.message())
    else options.expected = expectedOf(fields) ?? options.expected
  }
  return options
}

/** A Timestamp or a Duration, in milliseconds. */
const parseTime = (fields: Fields): number => {
  let ms = 0
  while (fields.next()) {
    if (fields.no === 1) ms += Number(fields.int64) * 1000
    else if (fields.no === 2) ms += fields.int32 / 1_000_000
  }
  return ms
}

const withIds = (correlationId: string, stream: Uint8Array): Message =>
  new Message()
    .message(1, (uuid) => uuid.text(2, correlationId))
    .message(4, (identifier) => identifier.bytes(3, stream))

const withExpected = (message: Message, expected: number): Message => {
  if (expected >= 0) return message.number(5, expected)
  if (expected === expectedRevision.any) return message.empty(7)
  return message.empty(expected === expectedRevision.streamExists ? 8 : 6)
}

const failure = (message: Message, code: number, text: string, type: string, detail: Message): Message =>
  message.message(2, (status) =>
    status
      .number(1, code)
      .text(2, text)
      .message(3, (any) =>
        any.text(1, `type.googleapis.com/event_store.client.${type}`).bytes(2, detail.encoded()),
      ),
  )

const wrongRevisionDetail = (expected: number, current: number): Message => {
  const detail = new Message()
  if (current >= 0) detail.number(1, current)
  else detail.empty(2)
  if (expected >= 0) return detail.number(3, expected)
  if (expected === expectedRevision.any) return detail.empty(4)
  return detail.empty(expected === expectedRevision.streamExists ? 5 : 6)
}

export const batchResponse = (
  correlationId: string,
  stream: Buffer,
  expected: number,
  outcome: AppendOutcome,
): Buffer => {
  const response = withExpected(withIds(correlationId, stream), expected)
  switch (outcome.kind) {
    case 'appended':
      return response.message(3, (success) => appendSuccess(success, outcome)).framed()
    case 'wrong-revision': {
      const detail = wrongRevisionDetail(outcome.expected, outcome.current)
      return failure(response, 6, 'Wrong expected version.', 'WrongExpectedVersion', detail).framed()
    }
    case 'deleted': {
      const detail = new Message().message(1, (identifier) => identifier.bytes(3, stream))
      return failure(response, 5, 'Stream is deleted.', 'StreamDeleted', detail).framed()
    }
  }
}

export const batchTimeout = (correlationId: string, stream: Buffer): Buffer =>
  failure(
    withIds(correlationId, stream),
    grpcStatus.deadlineExceeded,
    'Timeout',
    'Timeout',
    new Message(),
  ).framed()

export const batchTooLarge = (correlationId: string, stream: Buffer, limit: number): Buffer =>
  failure(
    withIds(correlationId, stream),
    grpcStatus.invalidArgument,
    'Maximum Append Size Exceeded.',
    'MaximumAppendSizeExceeded',
    new Message().number(1, limit),
  ).framed()

export const batchError = (correlationId: string, stream: Buffer, error: unknown): Buffer => {
  const text = error instanceof Error ? error.message : String(error)
  const bad = error instanceof GrpcError && error.status === grpcStatus.invalidArgument
  const response = withIds(correlationId, stream)
  return bad
    ? failure(response, grpcStatus.invalidArgument, text, 'BadRequest', new Message().text(1, text)).framed()
    : failure(response, grpcStatus.unknown, text, 'Unknown', new Message()).framed()
}
