import type { RequestContent, RequestEvent } from './events.ts'
import type { Fault } from './fault.ts'

/** A request as its stream has it. */
export type RequestState = {
  readonly status: 'none' | 'draft' | 'submitted' | 'withdrawn'
  readonly content: RequestContent | null
  readonly raw: string | null
  /** Why its last submission was refused. */
  readonly faults: readonly Fault[]
  /** Sequences that it ever had: their numbers are not given twice. */
  readonly sequencesEver: number
}

export const noRequest: RequestState = {
  status: 'none',
  content: null,
  raw: null,
  faults: [],
  sequencesEver: 0,
}

const highestNumber = ({ sequences }: RequestContent): number =>
  Math.max(...sequences.map(({ id }) => Number(id.slice(id.lastIndexOf('.') + 1))))

const holding = (state: RequestState, content: RequestContent): RequestState => ({
  ...state,
  content,
  faults: [],
  sequencesEver: Math.max(state.sequencesEver, highestNumber(content)),
})

export const evolveRequest = (state: RequestState, event: RequestEvent): RequestState => {
  switch (event.type) {
    case 'RequestDrafted': {
      const { raw, ...content } = event.data
      return { ...holding(state, content), status: 'draft', raw }
    }
    case 'RequestRevised': {
      const { raw, submitted, droppedSequenceIds: _, ...content } = event.data
      return { ...holding(state, content), status: submitted ? 'submitted' : 'draft', raw }
    }
    case 'RequestSubmitted':
      return { ...holding(state, event.data), status: 'submitted' }
    case 'RequestRefused':
      return { ...state, faults: event.data.faults }
    case 'RequestWithdrawn':
      return { ...state, status: 'withdrawn' }
  }
}
