import { type ObservingEvent, observingEvents } from './events.ts'

const types: ReadonlySet<string> = new Set(observingEvents.map(({ type }) => type))

export const isObservingEvent = (event: { readonly type: string }): event is ObservingEvent =>
  types.has(event.type)

const tally = (taken: number, expected: number): string => `${taken} of ${expected} images`

/** What an event of observing says, as one sentence in the observatory's log. */
export const observingSentence = (event: ObservingEvent): string => {
  switch (event.type) {
    case 'ObservationStarted': {
      const { sequenceId, attempt, imagesExpected, scheduleVersion } = event.data
      return `observation of ${sequenceId} begun (attempt ${attempt}, ${imagesExpected} images, by plan ${scheduleVersion})`
    }
    case 'PlanStarted': {
      const { images, exposureS, filter, detector } = event.data
      return `${images} × ${exposureS} s in ${filter} with the ${detector} camera begun`
    }
    case 'ImageAcquired': {
      const { number, exposureS, filter, detector, file } = event.data
      return `image ${number} of ${exposureS} s in ${filter} by the ${detector} camera: ${file}`
    }
    case 'PlanFinished':
      return `${event.data.plan} done with the ${event.data.detector} camera: ${event.data.imagesTaken} images`
    case 'ObservationFinished': {
      const { sequenceId, imagesTaken, imagesExpected, openShutterS } = event.data
      return `observation of ${sequenceId} finished: ${tally(imagesTaken, imagesExpected)}, ${Math.round(openShutterS)} s of exposure`
    }
    case 'ObservationAborted': {
      const { sequenceId, why, detail, imagesTaken, imagesExpected } = event.data
      return `observation of ${sequenceId} aborted (${why}): ${detail}; ${tally(imagesTaken, imagesExpected)}`
    }
    case 'SequenceMissed':
      return `${event.data.sequenceId} missed (${event.data.why}): ${event.data.detail}`
  }
}
