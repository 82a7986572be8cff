import { signal } from '@preact/signals'
import { ask } from './ask.ts'

export type Right = 'read' | 'audit' | 'request' | 'operate' | 'admin' | 'personal'

export type Session = {
  readonly user: string | null
  readonly name: string | null
  readonly roles: readonly string[]
  readonly demo: boolean
  /** Nobody can sign in yet: the one-time code makes the first administrator. */
  readonly firstAdmin: boolean
  readonly may: readonly string[]
  readonly expiresAt: string | null
}

const everything: Session = {
  user: 'local',
  name: null,
  roles: [],
  demo: false,
  firstAdmin: false,
  may: ['read', 'audit', 'request', 'operate', 'admin', 'personal'],
  expiresAt: null,
}

export const session = signal<Session | null>(null)

/** Who looks, and what they may. */
export const learnSession = async (): Promise<void> => {
  const answer = await ask<Session>('/api/session')
  if (answer.ok) session.value = answer.data
  else if (answer.trouble.status === 404) session.value = everything
}

export const may = (right: Right): boolean => session.value?.may.includes(right) ?? false

const whoMay: Readonly<Record<Right, string>> = {
  read: 'who signed in',
  audit: 'auditors and operators',
  request: 'observers and operators',
  operate: 'operators',
  admin: 'administrators',
  personal: 'administrators',
}

/** Who may do what this person may not. */
export const thoseWhoMay = (right: Right): string => whoMay[right]
