// Hashing is pure, like the ids made with it; see the exception in the linter's settings.
import { createHash } from 'node:crypto'

/** SHA-256 of the parts, one after the other; text counts as UTF-8. */
export const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
