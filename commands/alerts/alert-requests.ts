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
    }

type Standing = 'none' | 'submitted' | 'withdrawn'

/** A request that no person writes: it comes complete and submitted, and no quota refuses it. */
const decider: Decider<Standing, AlertRequestCommand, RequestEvent> = {
  initial: 'none',
  evolve: (_, { type }) => (type === 'RequestWithdrawn' ? 'withdrawn' : 'submitted'),
  decide: (command, standing) => {
    switch (command.type) {
      case 'submit':
        return standing === 'none' ? [{ type: 'RequestSubmitted', data: command.content }] : []
      case 'revise': {
        if (standing !== 'submitted') return []
        return [
          {
            type: 'RequestRevised',
            data: { ...command.content, raw: null, submitted: true, droppedSequenceIds: [] },
          },
        ]
      }
      case 'withdraw': {
        if (standing !== 'submitted') return []
        const { requestId, sequenceIds, why } = command
        return [{ type: 'RequestWithdrawn', data: { requestId, sequenceIds: [...sequenceIds], why } }]
      }
    }
  },
}

const isOwn = (event: DomainEvent): event is RequestEvent =>
  event.type === 'RequestSubmitted' || event.type === 'RequestRevised' || event.type === 'RequestWithdrawn'

/** Handles what an alert does with its request, in the request's own stream. */
export const alertRequestHandler = (store: EventStore, site: string) =>
  commandHandler({ store, decider, streamOf: ({ requestId }) => `request-${requestId}`, site, isOwn })
