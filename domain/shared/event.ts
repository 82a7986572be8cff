import type { Metadata } from './metadata.ts'

export type DomainEvent = { readonly type: string; readonly data: unknown }

/** Where an event stands in the whole log. Both parts are needed to resume a read in the right place. */
export type Position = { readonly commit: bigint; readonly prepare: bigint }

/** An event as the log gives it back. */
export type Recorded<E extends DomainEvent = DomainEvent> = E & {
  readonly id: string
  readonly stream: string
  /** Its number in its stream, from 0. */
  readonly revision: bigint
  readonly position: Position
  readonly metadata: Metadata
}
