import { type RequestContent, type RequestEvent, requestEvents } from './events.ts'

const types: ReadonlySet<string> = new Set(requestEvents.map(({ type }) => type))

export const isRequestEvent = (event: { readonly type: string }): event is RequestEvent =>
  types.has(event.type)

const counted = ({ sequences }: RequestContent): string =>
  sequences.length === 1 ? 'one sequence' : `${sequences.length} sequences`

const called = (content: RequestContent): string =>
  `request ${content.requestId} “${content.name}” of ${content.userId} for ${content.programmeId}`

const odd = ({ warnings }: RequestContent): string =>
  warnings.length === 0 ? '' : `; odd: ${warnings.map(({ code }) => code).join(', ')}`

/** What an event of a request says, as one sentence in the observatory's log. */
export const requestSentence = (event: RequestEvent): string => {
  switch (event.type) {
    case 'RequestDrafted':
      return `${called(event.data)} drafted, ${counted(event.data)}${odd(event.data)}`
    case 'RequestSubmitted':
      return `${called(event.data)} submitted, ${counted(event.data)}${event.data.alert ? `, for alert ${event.data.alert.triggerId}` : ''}`
    case 'RequestRevised': {
      const { submitted, droppedSequenceIds = [] } = event.data
      const dropped = droppedSequenceIds.length === 0 ? '' : ` without ${droppedSequenceIds.join(', ')}`
      return `${called(event.data)} revised${submitted ? ' as submitted' : ''}, ${counted(event.data)}${dropped}`
    }
    case 'RequestRefused': {
      const { requestId, faults } = event.data
      return `request ${requestId} refused: ${faults.map(({ path, message }) => `${path}: ${message}`).join('; ')}`
    }
    case 'RequestWithdrawn':
      return `request ${event.data.requestId} withdrawn: ${event.data.why}`
  }
}
