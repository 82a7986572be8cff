import type { Fault } from '#domain/devices/wire.ts'
import type { FaultKind } from './device-scenario.ts'

/** Why a simulated device does not do what it is told. */
export type Refusal = { readonly code: string; readonly comment: string }

export type Reported = {
  readonly state: Readonly<Record<string, unknown>>
  readonly faults: readonly Fault[]
}

/** A device as its controller knows it: no timers, everything follows from the instants at which it is asked or told. */
export type SimulatedDevice = {
  /** Its name on the wire. */
  readonly from: string
  status(nowMs: number): Reported | Promise<Reported>
  /** Begins what a command wants; null when it does. */
  tell(name: string, parameters: Readonly<Record<string, unknown>>, nowMs: number): Refusal | null
  /** What ails it from now on, instead of what did. */
  suffers(faults: ReadonlySet<FaultKind>, nowMs: number): void
}

export const refuse = (code: string, comment: string): Refusal => ({ code, comment })

/** Checks the parameters against a schema, then does it. */
export const unknownCommand = (name: string, known: readonly string[]): Refusal =>
  refuse('unknown_command', `unknown command "${name}" (known: STATUS, ${known.join(', ')})`)
