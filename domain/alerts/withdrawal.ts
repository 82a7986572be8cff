import type { Decided } from '#domain/shared/decider.ts'
import type { TriggerEvent } from './events.ts'
import type { TriggerState } from './trigger-state.ts'

type Withdrawn = Extract<TriggerEvent, { type: 'AlertRequestWithdrawn' }>['data']

/** Takes back what the trigger asks for; nothing if it asks for nothing. */
export const withdrawal = (
  about: Pick<Withdrawn, 'mission' | 'triggerId' | 'trigger'>,
  { asked }: TriggerState,
  reason: Pick<Withdrawn, 'because' | 'why' | 'stopRunning'>,
): Decided<TriggerEvent>[] => {
  if (!asked?.open) return []
  const sequenceIds = asked.content.sequences.map(({ id }) => id)
  const data = { ...about, requestId: asked.requestId, sequenceIds, ...reason }
  const metadata = asked.content.source === 'fake' ? { metadata: { simulated: true as const } } : {}
  return [{ type: 'AlertRequestWithdrawn', data, ...metadata }]
}
