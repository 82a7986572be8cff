/**
 * The port through which time enters commands, adapters and simulators. The domain itself never asks for the time:
 * it is told. On a virtual clock a whole night passes in seconds.
 */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number
  /** Resolves once `now() >= epochMs`; rejects with the signal's reason when aborted first. */
  sleepUntil(epochMs: number, signal?: AbortSignal): Promise<void>
}
