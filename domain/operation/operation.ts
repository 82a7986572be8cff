import type { Decider } from '#domain/shared/decider.ts'
import type { OperationEvent } from './events.ts'

/** What people at the controls of the program do. Nothing of the past forbids any of it. */
export const operation: Decider<null, OperationEvent, OperationEvent> = {
  initial: null,
  evolve: (state) => state,
  decide: (done) => [done],
}
