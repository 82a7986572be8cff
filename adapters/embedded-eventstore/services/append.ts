import type { NewEvent } from '../log/record.ts'
import {
  type AppendTarget,
  eventSize,
  parseProposedMessage,
  parseTarget,
} from '../protocol/append-request.ts'
import { appendResponse } from '../protocol/append-response.ts'
import type { Call } from '../protocol/call.ts'
import { Fields } from '../protocol/fields.ts'
import { GrpcError, grpcStatus, invalidArgument, streamDeleted } from '../protocol/grpc-error.ts'
import { checkedStream } from '../protocol/shared-messages.ts'
import type { Store } from '../store/store.ts'

export type AppendLimits = { maxAppendSize: number }

export const appendTooLarge = (limit: number): GrpcError =>
  new GrpcError(grpcStatus.invalidArgument, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': `${limit}`,
  })

/** The classic append: options first, then one message per event, then the answer. */
export const append = (call: Call, store: Store, { maxAppendSize }: AppendLimits): void => {
  let target: AppendTarget | undefined
  const events: NewEvent[] = []
  let size = 0
  call.onMessages(
    (message) => {
      const fields = new Fields(message)
      while (fields.next()) {
        if (fields.no === 1) target = parseTarget(fields.message())
        else if (fields.no === 2) events.push(parseProposedMessage(fields.message()))
      }
      const last = events.at(-1)
      if (last) size += eventSize(last)
      if (size > maxAppendSize) throw appendTooLarge(maxAppendSize)
    },
    () => {
      if (!target) throw invalidArgument('The append has no options')
      respond(call, store, target, events).catch((error: unknown) => call.fail(error))
    },
  )
}

const respond = async (call: Call, store: Store, target: AppendTarget, events: NewEvent[]): Promise<void> => {
  const stream = checkedStream(target.stream)
  const outcome = await store.append(stream, target.expected, events)
  if (outcome.kind === 'deleted') throw streamDeleted(stream)
  call.succeed(appendResponse(outcome))
}
