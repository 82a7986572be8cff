import { StoreUnavailable } from '#commands/event-store.ts'
import {
  ExportFormatUnknown,
  ExportTampered,
  ExportTruncated,
  SignatureWrong,
} from '#commands/night/export-file.ts'
import { StreamIncomplete, StreamNotEmpty } from '#commands/night/import-night.ts'
import { NightUnknown } from '#commands/night/night-events.ts'
import { NightMalformed } from '#commands/night/night-name.ts'
import { NightNotOver } from '#commands/night/seal-night.ts'
import { NightNotSealed } from '#commands/night/verify-night.ts'
import { InvalidSafetyOverride } from '#domain/environment/limits.ts'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import { exitCodes } from './exit-codes.ts'

type ErrorClass = abstract new (...given: never[]) => Error

const codes: readonly (readonly [ErrorClass, keyof typeof exitCodes])[] = [
  [NightMalformed, 'badInput'],
  [InvalidSafetyOverride, 'badInput'],
  [NightNotSealed, 'notSealed'],
  [NightUnknown, 'nightUnknown'],
  [ExportTruncated, 'truncated'],
  [ExportTampered, 'tampered'],
  [SignatureWrong, 'signature'],
  [ExportFormatUnknown, 'formatUnknown'],
  [StreamNotEmpty, 'notEmpty'],
  [StreamIncomplete, 'notEmpty'],
  [NightNotOver, 'notOver'],
  [StoreUnavailable, 'logAway'],
  [UndecodableEvent, 'undecodable'],
]

export const endWith = (name: keyof typeof exitCodes): void => {
  process.exitCode = exitCodes[name]
}

/** A command's action whose faults a person or a script can put right end with a sentence and a code of their own. */
export const ending =
  <Given extends unknown[]>(action: (...given: Given) => Promise<void>) =>
  async (...given: Given): Promise<void> => {
    try {
      await action(...given)
    } catch (error) {
      const known = codes.find(([type]) => error instanceof type)
      if (!known || !(error instanceof Error)) throw error
      process.stderr.write(`${error.message}\n`)
      endWith(known[1])
    }
  }
