export const conversationStates = [
  'INIT',
  'REQUESTED',
  'AGREED',
  'DONE',
  'FAILED',
  'REFUSED',
  'TIMED_OUT',
  'REVOKED',
  'ABORTED',
  'ERROR',
] as const
export const conversationInputs = [
  'request',
  'agree',
  'refuse',
  'result',
  'failure',
  'timeout',
  'revoke',
] as const

export type ConversationState = (typeof conversationStates)[number]
export type ConversationInput = (typeof conversationInputs)[number]

const transitions: Readonly<
  Partial<Record<ConversationState, Partial<Record<ConversationInput, ConversationState>>>>
> = {
  INIT: { request: 'REQUESTED' },
  REQUESTED: {
    agree: 'AGREED',
    refuse: 'REFUSED',
    failure: 'FAILED',
    timeout: 'TIMED_OUT',
    revoke: 'REVOKED',
  },
  AGREED: { result: 'DONE', failure: 'FAILED', timeout: 'TIMED_OUT', revoke: 'ABORTED' },
}

const open: ReadonlySet<ConversationState> = new Set(['INIT', 'REQUESTED', 'AGREED'])

/** Whether it is over: the caller is settled, and a reply that comes now is late. */
export const isSettled = (state: ConversationState): boolean => !open.has(state)

/** Where an input leads; one that is out of turn, e.g. a result that nobody agreed to give, leads to ERROR. */
export const conversationAfter = (state: ConversationState, input: ConversationInput): ConversationState =>
  isSettled(state) ? state : (transitions[state]?.[input] ?? 'ERROR')

/** Whose fault a failure's code says it is (as HTTP's): the caller's, the agent's, or unknown. */
export const faultOf = (code: number): 'caller' | 'agent' | 'unknown' => {
  if (code >= 400 && code < 500) return 'caller'
  return code >= 500 && code < 600 ? 'agent' : 'unknown'
}
