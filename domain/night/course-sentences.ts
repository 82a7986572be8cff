import { type CourseEvent, courseEvents } from './course-events.ts'

const types: ReadonlySet<string> = new Set(courseEvents.map(({ type }) => type))

export const isCourseEvent = (event: { readonly type: string }): event is CourseEvent => types.has(event.type)

const minutes = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`

/** What an event of the night's course says, as one sentence in the observatory's log. */
export const courseSentence = (event: CourseEvent): string => {
  switch (event.type) {
    case 'NightOpened':
      return `night begun in ${event.data.mode} mode; observing from ${event.data.phasesAt.observing ?? 'no time: it does not get dark'}`
    case 'NightPhaseEntered':
      return `${event.data.phase} begins, the Sun at ${event.data.sunAltitudeDeg.toFixed(1)}°`
    case 'ObservingSuspended':
      return `observing suspended (${event.data.why}): ${event.data.detail}${event.data.closesRoof ? '; the roof closes' : ''}`
    case 'ObservingResumed':
      return `observing resumed after ${minutes(event.data.suspendedS)}: ${event.data.detail}`
    case 'ControlModeChanged':
      return `${event.data.previous} mode left for ${event.data.mode}: ${event.data.why}`
    case 'NightClosed':
      return `night over: ${event.data.summary}`
  }
}
