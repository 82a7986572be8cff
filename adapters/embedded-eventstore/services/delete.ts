import { type AppendTarget, parseTarget } from '../protocol/append-request.ts'
import type { Call } from '../protocol/call.ts'
import { Fields } from '../protocol/fields.ts'
import { invalidArgument, streamDeleted, wrongExpectedVersion } from '../protocol/grpc-error.ts'
import { Message } from '../protocol/message.ts'
import { checkedStream } from '../protocol/shared-messages.ts'
import type { AppendOutcome } from '../store/expected.ts'
import type { Store } from '../store/store.ts'

export const deleteStream = async (call: Call, store: Store): Promise<void> => {
  const { stream, expected } = targetOf(await call.request())
  respond(call, stream, await store.delete(stream, expected))
}

export const tombstoneStream = async (call: Call, store: Store): Promise<void> => {
  const { stream, expected } = targetOf(await call.request())
  respond(call, stream, await store.tombstone(stream, expected))
}

const targetOf = (request: Buffer): AppendTarget => {
  const fields = new Fields(request)
  while (fields.next()) {
    if (fields.no !== 1) continue
    const target = parseTarget(fields.message())
    return { ...target, stream: checkedStream(target.stream) }
  }
  throw invalidArgument('The request has no options')
}

const respond = (call: Call, stream: Buffer, outcome: AppendOutcome): void => {
  switch (outcome.kind) {
    case 'deleted':
      throw streamDeleted(stream)
    case 'wrong-revision':
      throw wrongExpectedVersion(stream, outcome.expected, outcome.current)
    case 'appended': {
      const position = outcome.position ?? 0
      call.succeed(new Message().message(1, (at) => at.number(1, position).number(2, position)).framed())
    }
  }
}
