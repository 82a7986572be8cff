import type { Decider } from '#domain/shared/decider.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { ConversationEvent, DeviceName } from './events.ts'

type Subject = { readonly device: DeviceName; readonly conversationId: string; readonly name: string }

export type Refused = {
  readonly code: string
  readonly why: string
  readonly verdictId?: string | undefined
  readonly margin?: number | null | undefined
}

type Request = Subject & {
  readonly type: 'Request'
  readonly parameters: Readonly<Record<string, unknown>>
  readonly deadlineAt: Instant
  readonly idempotent: boolean
  /** Known at once: the request and its refusal are then one append. */
  readonly refusal: Refused | null
  readonly isDrill?: true
}

type Step =
  | { readonly type: 'Agree' }
  | ({ readonly type: 'Refuse' } & Refused)
  | { readonly type: 'Complete'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly type: 'Fail'; readonly code: string; readonly why: string }
  | { readonly type: 'TimeOut'; readonly afterS: number }

/** `night` is that of the request, and names the stream. */
export type ConversationCommand = (Request | (Subject & Step)) & { readonly night: string }

/** `over`: settled one way or another. What comes after that is late and changes nothing. */
export type ConversationState = 'none' | 'requested' | 'agreed' | 'over'

const order = ({ device, conversationId, name }: Subject) => ({ device, conversationId, name })

const asked = (request: Request): ConversationEvent[] => {
  const { parameters, deadlineAt, idempotent, refusal, isDrill } = request
  const drill = isDrill ? { isDrill } : {}
  const data = { ...order(request), parameters: { ...parameters }, deadlineAt, idempotent, ...drill }
  return [
    { type: 'DeviceCommandRequested', data },
    ...(refusal ? [{ type: 'DeviceCommandRefused' as const, data: { ...order(request), ...refusal } }] : []),
  ]
}

/** requested → agreed | refused → completed | failed | timed out. Every conversation ends once (I7, I8, I10). */
export const conversation: Decider<ConversationState, ConversationCommand, ConversationEvent> = {
  initial: 'none',

  evolve: (_, event) => {
    switch (event.type) {
      case 'DeviceCommandRequested':
        return 'requested'
      case 'DeviceCommandAgreed':
        return 'agreed'
      case 'DeviceCommandRefused':
      case 'DeviceCommandCompleted':
      case 'DeviceCommandFailed':
      case 'DeviceCommandTimedOut':
        return 'over'
    }
  },

  decide: (command, state) => {
    if (command.type === 'Request') return state === 'none' ? asked(command) : []
    if (state === 'none' || state === 'over') return []
    const data = order(command)
    switch (command.type) {
      case 'Agree':
        return state === 'requested' ? [{ type: 'DeviceCommandAgreed', data }] : []
      case 'Refuse': {
        const { type: _, night: __, ...refused } = command
        return state === 'requested' ? [{ type: 'DeviceCommandRefused', data: refused }] : []
      }
      case 'Complete':
        return [{ type: 'DeviceCommandCompleted', data: { ...data, result: { ...command.result } } }]
      case 'Fail':
        return [{ type: 'DeviceCommandFailed', data: { ...data, code: command.code, why: command.why } }]
      case 'TimeOut':
        return [{ type: 'DeviceCommandTimedOut', data: { ...data, afterS: command.afterS } }]
    }
  },
}
