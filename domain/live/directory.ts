import { logSenders } from './senders.ts'
import type { Directory } from './subscription.ts'

/** Senders that are in no log: what they say is gone when it is said. */
export const timer = { sender: 'timer', event: 'tick', everyMs: 5_000 } as const

/** A live client is a sender too, while it is connected. */
export const clientSender = (clientId: string): string => `client-${clientId}`

const presence = ['#connect', '#disconnect'] as const
const ofClients = /^client-[0-9a-f-]{1,36}$/

const namesOf = (sender: string): readonly string[] | null => {
  if (sender === timer.sender) return [timer.event]
  if (ofClients.test(sender)) return presence
  const declared = Object.hasOwn(logSenders, sender) ? logSenders[sender] : undefined
  return declared ? [...declared.channels, ...declared.events] : null
}

/** Everybody who can be heard in a running observatory. */
export const directory: Directory = {
  senders: [...Object.keys(logSenders), timer.sender, 'client-<id>'],
  namesOf,
}

/** The senders that are agents: they can be asked, and are there or not. */
export const agentSenders: readonly string[] = Object.entries(logSenders)
  .filter(([, { events }]) => events.includes('AgentActivated'))
  .map(([name]) => name)
