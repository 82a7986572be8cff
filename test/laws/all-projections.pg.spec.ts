import { projections } from '#projections/catalogue.ts'
import { recordedStory } from '#test/support/happenings.ts'
import { peopleStory } from '#test/support/people-story.ts'
import { sampleAlerts } from '#test/support/sample-alerts.ts'
import { sampleNight } from '#test/support/sample-night.ts'
import { projectionLaws } from './projection-laws.ts'

const night = sampleNight({ polls: 150 })
const told = [...night, ...recordedStory(peopleStory, night.length)]
const events = [...told, ...sampleAlerts(told.length)]

for (const projection of projections) projectionLaws(projection, events)
