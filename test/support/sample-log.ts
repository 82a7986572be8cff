import type { Recorded } from '#domain/shared/event.ts'
import { agentsStory } from './agents-story.ts'
import { deviceStory } from './device-story.ts'
import { recordedStory } from './happenings.ts'
import { observingStory } from './observing-story.ts'
import { peopleStory } from './people-story.ts'
import { requestsStory } from './requests-story.ts'
import { sampleAlerts } from './sample-alerts.ts'
import { sampleNight } from './sample-night.ts'
import { samplePlanning } from './sample-planning.ts'

/** Something of every area, one after the other, as one log. */
export const sampleLog = (): Recorded[] => {
  const night = sampleNight({ polls: 150 })
  const stories = [
    night,
    recordedStory(
      [...requestsStory, ...peopleStory, ...deviceStory, ...agentsStory, ...observingStory()],
      night.length,
    ),
    samplePlanning(1n),
    sampleAlerts(),
  ]
  return stories.flat().map((event, index) => {
    const place = BigInt(index + 1) * 100n
    return { ...event, position: { commit: place, prepare: place } }
  })
}
