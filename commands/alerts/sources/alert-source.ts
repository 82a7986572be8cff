export type SourceState = 'connecting' | 'up' | 'down'

export type SourceStatus = {
  /** For people: the kind of source and where it is. */
  readonly name: string
  readonly state: SourceState
  readonly detail: string
  /** Taken in since the start, duplicates included. */
  readonly notices: number
  readonly lastHeardAt: string | null
}

/**
 * Something notices come from. Each is given to the sink before the sender is told that it arrived, so that a crash at
 * any moment makes a notice come twice rather than never.
 */
export type AlertSource = {
  /** Runs until the signal; what goes wrong with the other side is its own business and shows in the status. */
  run(signal: AbortSignal): Promise<void>
  status(): SourceStatus
}
