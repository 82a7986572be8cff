export const userStream = (userId: string): string => `user-${userId}`

export const programmeStream = (programmeId: string): string => `programme-${programmeId}`
