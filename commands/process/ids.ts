import { canonicalJson } from '#domain/shared/canonical-json.ts'
import { eventIdOf, noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { Effect } from '#domain/shared/process.ts'
import type { Timer } from './instances.ts'

/**
 * The same decision on the same event is the same event, whoever appends it; another decision is another event, and the
 * stream's revision keeps it out.
 */
export const reactionIdOf = (
  process: string,
  instance: string,
  answeredId: string,
  effects: readonly Effect<unknown>[],
): string =>
  uuidFrom(canonicalJson([process, instance, effects]), uuidFrom(`reaction/${answeredId}`, noctuaryNamespace))

/** The id of the command that a reaction's `index`-th effect dispatches. */
export const commandIdOf = (reactionId: string, index: number): string =>
  uuidFrom(`command/${index}`, reactionId)

export const firedIdOf = ({ setBy }: Timer): string => uuidFrom(`fired/${setBy.index}`, setBy.id)

export const refusalIdOf = (commandId: string): string => eventIdOf(uuidFrom('refused', commandId), 0)
