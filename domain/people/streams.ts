export const userStream = (userId: string): string => `user-${userId}`

export const programmeStream = (programmeId: string): string => `programme-${programmeId}`

/** What happened at the door in a night, by user; those who are nobody's have one for all. */
export const accessStream = (night: string, userId: string | null): string =>
  userId === null ? `access-${night}` : `access-${night}-${userId}`
