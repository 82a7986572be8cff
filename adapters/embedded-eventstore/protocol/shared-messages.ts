import { expectedRevision } from '../store/expected.ts'
import { Fields } from './fields.ts'
import { invalidArgument } from './grpc-error.ts'

export const parseStreamIdentifier = (bytes: Buffer): Buffer => {
  const fields = new Fields(bytes)
  let name = Buffer.alloc(0)
  while (fields.next()) if (fields.no === 3) name = Buffer.from(fields.bytes())
  return name
}

const hexOf = (value: bigint): string => BigInt.asUintN(64, value).toString(16).padStart(16, '0')
const uuidText = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const emptyUuid = '00000000-0000-0000-0000-000000000000'

/** A UUID in either of its forms, as lower-case text. */
export const parseUuid = (bytes: Buffer): string => {
  const fields = new Fields(bytes)
  let uuid = emptyUuid
  while (fields.next())
    uuid = fields.no === 1 ? structuredUuid(fields.message()) : fields.text().toLowerCase()
  if (!uuidText.test(uuid)) throw invalidArgument(`'${uuid}' is not a UUID`)
  return uuid
}

const structuredUuid = (fields: Fields): string => {
  let most = 0n
  let least = 0n
  while (fields.next()) {
    if (fields.no === 1) most = fields.int64
    else least = fields.int64
  }
  const hex = hexOf(most) + hexOf(least)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Commit and prepare position; our own are equal. */
export type Position = { commit: number; prepare: number }

export const parsePosition = (fields: Fields): Position => {
  const position = parseAnyPosition(fields)
  if (position.prepare > position.commit) {
    throw invalidArgument('The commit position cannot be less than the prepare position')
  }
  return position
}

export const parseAnyPosition = (fields: Fields): Position => {
  const position = { commit: 0, prepare: 0 }
  while (fields.next()) {
    if (fields.no === 1) position.commit = fields.number
    else if (fields.no === 2) position.prepare = fields.number
  }
  return position
}

/** The expected revision of the fields 2 to 5, which append, delete and tombstone share. */
export const expectedOf = (fields: Fields): number | undefined => {
  switch (fields.no) {
    case 2:
      return fields.number
    case 3:
      return expectedRevision.noStream
    case 4:
      return expectedRevision.any
    case 5:
      return expectedRevision.streamExists
    default:
      return undefined
  }
}

// Lengths are stored in two bytes, and the streams derived from a stream have longer names.
const longestName = 60_000

/** A stream anyone may write to or read from has a name, and one that is not only the mark of metadata. */
export const checkedStream = (name: Buffer): Buffer => {
  if (name.length === 0) throw invalidArgument('The stream name is empty')
  if (name.equals(Buffer.from('$$'))) throw invalidArgument("'$$' is not a stream name")
  if (name.length > longestName) throw invalidArgument(`The stream name is longer than ${longestName} bytes`)
  return name
}
