import { RevisionConflict, StoreUnavailable } from '#commands/event-store.ts'
import { CommandDiffers, RevisionOutdated } from '#commands/handle.ts'
import { PersonRefusal } from '#domain/people/refusal.ts'
import type { Problem } from './problem.ts'

const statuses: Record<PersonRefusal['code'], number> = {
  user_exists: 409,
  user_unknown: 404,
  user_erased: 409,
  email_taken: 409,
  programme_exists: 409,
  programme_unknown: 404,
  programme_closed: 409,
  member_unknown: 422,
  account_unknown: 422,
}

const type = 'about:blank'

/** What a command came back with, as a problem; null for what is no command's. */
export const commandProblem = (error: unknown): Problem | null => {
  if (error instanceof PersonRefusal) {
    const { code, message: detail, faults } = error
    return { type, title: 'Refused', status: statuses[code], code, detail, errors: [...faults] }
  }
  if (error instanceof RevisionOutdated) {
    const { message: detail } = error
    return { type, title: 'It has changed meanwhile', status: 412, code: 'revision_outdated', detail }
  }
  if (error instanceof CommandDiffers) {
    const detail =
      'This Idempotency-Key was given with another body before; take a new key for a new command.'
    return { type, title: 'The key is taken', status: 422, code: 'idempotency_key_reused', detail }
  }
  if (error instanceof RevisionConflict) {
    const detail = `Many write to it at once: ${error.message}; try again in a moment.`
    return { type, title: 'Too many at once', status: 503, code: 'busy', detail }
  }
  if (error instanceof StoreUnavailable) {
    const detail = `${error.message}. Repeating the same with the same Idempotency-Key is safe.`
    return { type, title: 'The log is away', status: 503, code: 'log_unavailable', detail }
  }
  return null
}
