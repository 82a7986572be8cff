import { sha256 } from '#domain/shared/hash.ts'

const hashOf = (text: string): string => sha256(text).toString('hex').slice(0, 32)

/** A notice's name is text from outside: it never becomes part of a stream's name as it is. */
export const noticeStream = (name: string): string => `notice-${hashOf(name)}`

const plain = /^[A-Za-z0-9._+-]{1,64}$/

/** An id of a mission as part of a stream's name: as it is where it is plain, else a hash of it. */
const idText = (triggerId: string): string => (plain.test(triggerId) ? triggerId : `x${hashOf(triggerId)}`)

export const triggerStream = (mission: string, triggerId: string): string =>
  `trigger-${mission}-${idText(triggerId)}`

/** The trigger's id outside: in requests, rows and addresses. */
export const triggerKey = (mission: string, triggerId: string): string => `${mission}-${idText(triggerId)}`

export const strategyStream = (name: string): string => `strategy-${name}`
