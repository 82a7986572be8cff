import type { RawEvent } from './raw-event.ts'

export const tombstoneType = '$streamDeleted'

/** Users' streams and their metadata; what the server keeps for itself stays where it is. */
export const isUsers = ({ stream }: RawEvent): boolean => {
  const name = stream.startsWith('$$') ? stream.slice(2) : stream
  return !name.startsWith('$')
}

/** Metadata may have grown in the target, and a tombstone has an id of its own there: these are not compared. */
export const isCompared = (event: RawEvent): boolean =>
  isUsers(event) && !event.stream.startsWith('$$') && event.type !== tombstoneType
