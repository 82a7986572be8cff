import type { DeviceName } from './events.ts'

/** What a device was like through a night. */
export const deviceStream = (device: DeviceName, night: string): string => `device-${device}-${night}`

/**
 * One conversation, from its request to its end. Its night is that of its request, and part of the name: so it can be left
 * out unread when another night is looked at.
 */
export const conversationStream = (conversationId: string, night: string): string =>
  `conversation-${conversationId}-${night}`
