/**
 * `down`: it should run and does not, and somebody is trying. `given-up`: nobody is trying any more.
 * `standby`: another process does the work. `ended`: its time was over, as a simulator's can be. `stopped`: a person did.
 */
export type PartState = 'starting' | 'up' | 'down' | 'given-up' | 'standby' | 'ended' | 'stopped'

export type PartStatus = { readonly name: string; readonly state: PartState; readonly detail: string }

/** Something that runs beside the others, started in any order. */
export type Part = {
  status(): PartStatus
  stop(): Promise<void>
}
