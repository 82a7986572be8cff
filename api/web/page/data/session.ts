import { signal } from '@preact/signals'
import type { Right } from '#domain/people/rights.ts'
import { ask } from './ask.ts'

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

export const session = signal<Session | null>(null)

/** Who looks, and what they may. */
export const learnSession = async (): Promise<void> => {
  const answer = await ask<Session>('/api/session')
  // The same again is no news, and would draw the whole page anew.
  if (answer.ok && JSON.stringify(answer.data) !== JSON.stringify(session.value)) session.value = answer.data
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
