import type { Position } from '#domain/shared/event.ts'
import type { CloudEvent } from './cloud-event.ts'

/** One thing said by a sender, on its way to whoever listens. */
export type LiveItem = {
  readonly sender: string
  /** What it is heard under: its own name first, then channels. */
  readonly names: readonly string[]
  /** Where it stands in the log; null for what is volatile. */
  readonly position: Position | null
  cloud(): CloudEvent
  /** As one server-sent event. */
  frame(): Buffer
  /** What a pattern is looked for in, lower case. */
  words(): string
}
