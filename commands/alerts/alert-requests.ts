import type { EventStore } from '#commands/event-store.ts'
import { commandHandler } from '#commands/handle.ts'
import type { RequestContent, RequestEvent } from '#domain/requests/events.ts'
import type { Decider } from '#domain/shared/decider.ts'
import type { DomainEvent } from '#domain/shared/event.ts'

type AlertRequestCommand =
  | { readonly type: 'submit' | 'revise'; readonly requestId: string; readonly content: RequestContent }
  | {
      readonly type: 'withdraw'
      readonly requestId: string
      readonly sequenceIds: readonly string[]
      readonly why: string
      readonly stopRunning: boolean
    }

type Standing = {
  readonly state: 'none' | 'submitted' | 'withdrawn'
  readonly sequenceIds: readonly string[]
}

const idsOf = ({ sequences }: RequestContent): string[] => sequences.map(({ id }) => id)

const evolve = (standing: Standing, event: RequestEvent): Standing => {
  if (event.type === 'RequestWithdrawn') return { ...standing, state: 'withdrawn' }
  if (event.type !== 'RequestSubmitted' && event.type !== 'RequestRevised') return standing
  return { state: 'submitted', sequenceIds: idsOf(event.data) }
}

/** A request that no person writes: it comes complete and submitted, and no quota refuses it. */
const decider: Decider<Standing, AlertRequestCommand, RequestEvent> = {
  initial: { state: 'none', sequenceIds: [] },
  evolve,
  decide: (command, { state, sequenceIds }) => {
    if (command.type === 'submit')
      return state === 'none' ? [{ type: 'RequestSubmitted', data: command.content }] : []
    if (state !== 'submitted') return []
    if (command.type === 'withdraw') {
      const { requestId, why, stopRunning } = command
      const data = { requestId, sequenceIds: [...command.sequenceIds], why }
      return [{ type: 'RequestWithdrawn', data: stopRunning ? data : { ...data, stopRunning } }]
    }
    const kept = new Set(idsOf(command.content))
    const droppedSequenceIds = sequenceIds.filter((id) => !kept.has(id))
    const data = { ...command.content, raw: null, submitted: true, droppedSequenceIds }
    return [{ type: 'RequestRevised', data }]
  },
}

const isOwn = (event: DomainEvent): event is RequestEvent =>
  event.type === 'RequestSubmitted' || event.type === 'RequestRevised' || event.type === 'RequestWithdrawn'

/** Handles what an alert does with its request, in the request's own stream. */
export const alertRequestHandler = (store: EventStore, site: string) =>
  commandHandler({ store, decider, streamOf: ({ requestId }) => `request-${requestId}`, site, isOwn })
