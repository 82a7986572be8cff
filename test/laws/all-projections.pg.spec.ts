import { projections } from '#projections/catalogue.ts'
import { recordedStory } from '#test/support/happenings.ts'
import { peopleStory } from '#test/support/people-story.ts'
import { sampleNight } from '#test/support/sample-night.ts'
import { projectionLaws } from './projection-laws.ts'

const night = sampleNight({ polls: 150 })
const events = [...night, ...recordedStory(peopleStory, night.length)]

for (const projection of projections) projectionLaws(projection, events)
