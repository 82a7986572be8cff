import type { Recorded } from '#domain/shared/event.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { AgentMessageSent } from './message-events.ts'

/** Who may send what, by the message's name. What is not in it nobody may. */
export type Policy = Readonly<Record<string, readonly Actor['kind'][]>>

/** Why an agent does not take a message: 400 where it makes no sense, 401 where it comes too late or from the wrong one. */
export type NotAdmitted = { readonly code: 400 | 401; readonly why: string }

const nameShape = /^\p{L}[\p{L}\p{N} _-]{0,99}$/u

const malformed = ({ data, metadata }: Recorded<AgentMessageSent>, receiver: string): string | null => {
  const { agent, name, from, deadlineAt } = data
  if (agent !== receiver) return `it is for ${agent}, not for ${receiver}`
  if (from === '' || from !== metadata.actor.id)
    return `it says it is from "${from}" and was sent by ${metadata.actor.kind} ${metadata.actor.id}`
  if (!nameShape.test(name)) return 'its name is no name: a letter, then letters, digits, blanks, _ or -'
  if (deadlineAt !== null && deadlineAt < metadata.occurredAt)
    return `it was to be answered by ${deadlineAt}, before it was sent`
  return null
}

/** Whether an agent takes a message at an instant: null, or why not. The same for every message, whoever sent it (I14). */
export const notAdmitted = (
  sent: Recorded<AgentMessageSent>,
  receiver: string,
  policy: Policy,
  at: Instant,
): NotAdmitted | null => {
  const wrong = malformed(sent, receiver)
  if (wrong !== null) return { code: 400, why: wrong }
  const { data, metadata } = sent
  if (data.deadlineAt !== null && data.deadlineAt <= at)
    return { code: 401, why: `its time was over at ${data.deadlineAt}` }
  const allowed = Object.hasOwn(policy, data.name) ? (policy[data.name] ?? []) : []
  if (allowed.includes(metadata.actor.kind)) return null
  const whoMay = allowed.length === 0 ? 'nobody may' : `${allowed.join(', ')} may`
  return { code: 401, why: `${metadata.actor.kind} ${metadata.actor.id} may not ask for it; ${whoMay}` }
}
