import { channelNames, isChannelName } from './channels.ts'

/** What somebody wants to hear: null is any. (sender, event), (sender, any), (any, #channel) or (any, any). */
export type Subscription = { readonly sender: string | null; readonly event: string | null }

export type SubscriptionCode =
  | 'CHANNEL_PREFIX_REQUIRED'
  | 'CHANNEL_UNKNOWN'
  | 'SENDER_UNKNOWN'
  | 'EVENT_UNDECLARED'

/** Nobody can be heard that way; says what could be. */
export class SubscriptionRefused extends Error {
  readonly code: SubscriptionCode
  constructor(code: SubscriptionCode, why: string) {
    super(why)
    this.name = 'SubscriptionRefused'
    this.code = code
  }
}

/** Who declares what: the names under which a sender is heard, channels included; null for a sender nobody knows. */
export type Directory = {
  readonly senders: readonly string[]
  readonly namesOf: (sender: string) => readonly string[] | null
}

const checkAnySender = (event: string): void => {
  // Both sides consent (S6): a sender declares a channel, a listener names it as one.
  if (!event.startsWith('#'))
    throw new SubscriptionRefused(
      'CHANNEL_PREFIX_REQUIRED',
      `"${event}" from any sender is no channel: name its sender, or one of ${channelNames.join(', ')}`,
    )
  if (!isChannelName(event))
    throw new SubscriptionRefused(
      'CHANNEL_UNKNOWN',
      `there is no channel ${event}; there are ${channelNames.join(', ')}`,
    )
}

/** Throws {@link SubscriptionRefused} for what nobody will ever say. A sender need not be there yet (S9). */
export const checkSubscription = ({ sender, event }: Subscription, directory: Directory): void => {
  if (sender === null) {
    if (event !== null) checkAnySender(event)
    return
  }
  const names = directory.namesOf(sender)
  if (!names)
    throw new SubscriptionRefused(
      'SENDER_UNKNOWN',
      `there is no sender ${sender}; there are ${directory.senders.join(', ')}`,
    )
  if (event !== null && !names.includes(event))
    throw new SubscriptionRefused(
      'EVENT_UNDECLARED',
      `${sender} does not declare ${event}; it declares ${names.join(', ') || 'nothing'}`,
    )
}

/** Whether something that is heard under these names is wanted. */
export const isWanted = ({ sender, event }: Subscription, from: string, names: readonly string[]): boolean =>
  (sender === null || sender === from) && (event === null || names.includes(event))
