// The one import of the platform in the domain: hashing is pure.
import { createHash } from 'node:crypto'

/**
 * Name-based UUID, version 5 (RFC 9562, section 5.5): the same name in the same namespace is the same id, on every
 * machine and in every replay. `namespace` is a UUID.
 */
export const uuidFrom = (name: string, namespace: string): string => {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex', 0, 16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Everything Noctuary names by a UUID of its own lives in this namespace. */
export const noctuaryNamespace = '5c7bdb4e-6f0e-5f4e-9d0a-2f1f0c9b8a11'

/** The id of the `index`-th event that a command decides: a retried append repeats it, so the store recognises it. */
export const eventIdOf = (commandId: string, index: number): string => uuidFrom(`${index}`, commandId)
