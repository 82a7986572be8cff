import type { NewEvent } from '../log/record.ts'
import { eventSize } from '../protocol/append-request.ts'
import {
  type BatchFragment,
  type BatchOptions,
  batchError,
  batchResponse,
  batchTimeout,
  batchTooLarge,
  parseBatchFragment,
} from '../protocol/batch-append-messages.ts'
import type { Call } from '../protocol/call.ts'
import { invalidArgument } from '../protocol/grpc-error.ts'
import { checkedStream } from '../protocol/shared-messages.ts'
import type { Store } from '../store/store.ts'
import type { AppendLimits } from './append.ts'

const writeTimeoutMs = 2_000
const noStream = Buffer.alloc(0)

type Batch = { options: BatchOptions; events: NewEvent[]; size: number; error: unknown }

/** Many appends over one call, told apart by correlation id; each is answered exactly once. */
export class BatchAppender {
  readonly #call: Call
  readonly #store: Store
  readonly #limits: AppendLimits
  readonly #open = new Map<string, Batch>()
  #unanswered = 0
  #ended = false

  constructor(call: Call, store: Store, limits: AppendLimits) {
    this.#call = call
    this.#store = store
    this.#limits = limits
    call.open()
    call.onMessages(
      (message) => this.#take(parseBatchFragment(message, Date.now())),
      () => {
        this.#ended = true
        this.#finishIfDone()
      },
    )
  }

  #take(fragment: BatchFragment): void {
    const { correlationId, options } = fragment
    const known = this.#open.get(correlationId)
    const batch = known ?? newBatch(options)
    if (!known) this.#open.set(correlationId, batch)
    batch.error ??= fragment.error
    batch.size += fragment.events.reduce((sum, event) => sum + eventSize(event), 0)
    // What is too large anyway need not be kept until its last fragment.
    if (batch.size <= this.#limits.maxAppendSize) batch.events.push(...fragment.events)
    if (!fragment.isFinal) return
    this.#open.delete(correlationId)
    this.#append(correlationId, batch)
  }

  #append(correlationId: string, batch: Batch): void {
    const { stream, expected, deadlineMs } = batch.options
    const left = Math.min(writeTimeoutMs, deadlineMs - Date.now())
    this.#unanswered++
    let answered = false
    const answer = (response: () => Buffer): void => {
      if (answered) return
      answered = true
      clearTimeout(timer)
      this.#call.send(response())
      this.#unanswered--
      this.#finishIfDone()
    }
    const timer = setTimeout(() => answer(() => batchTimeout(correlationId, stream)), Math.max(0, left))
    const refusal = this.#refusal(correlationId, batch, left)
    if (refusal) {
      answer(() => refusal)
      return
    }
    this.#store.append(stream, expected, batch.events).then(
      (outcome) => answer(() => batchResponse(correlationId, stream, expected, outcome)),
      (error: unknown) => answer(() => batchError(correlationId, stream, error)),
    )
  }

  #refusal(correlationId: string, batch: Batch, leftMs: number): Buffer | undefined {
    const { stream } = batch.options
    const { maxAppendSize } = this.#limits
    if (batch.error) return batchError(correlationId, stream, batch.error)
    if (leftMs <= 0) return batchTimeout(correlationId, stream)
    return batch.size > maxAppendSize ? batchTooLarge(correlationId, stream, maxAppendSize) : undefined
  }

  #finishIfDone(): void {
    if (this.#ended && this.#unanswered === 0) this.#call.succeed()
  }
}

const newBatch = (options: BatchOptions | undefined): Batch => {
  const batch = { options: options ?? { stream: noStream, expected: 0, deadlineMs: 0 }, events: [], size: 0 }
  if (!options) return { ...batch, error: invalidArgument('The first part of a batch append has no options') }
  try {
    checkedStream(options.stream)
    return { ...batch, error: undefined }
  } catch (error) {
    return { ...batch, error }
  }
}
