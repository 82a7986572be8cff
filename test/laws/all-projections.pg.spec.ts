import { projections } from '#projections/catalogue.ts'
import { agentsStory } from '#test/support/agents-story.ts'
import { recordedStory } from '#test/support/happenings.ts'
import { peopleStory } from '#test/support/people-story.ts'
import { requestsStory } from '#test/support/requests-story.ts'
import { sampleNight } from '#test/support/sample-night.ts'
import { samplePlanning } from '#test/support/sample-planning.ts'
import { projectionLaws } from './projection-laws.ts'

const night = sampleNight({ polls: 150 })
const events = [...night, ...recordedStory([...peopleStory, ...agentsStory], night.length)]
const events = [...night, ...recordedStory([...requestsStory, ...peopleStory], night.length)]
const events = [...night, ...samplePlanning(BigInt(night.length + 1))]
import { sampleLog } from '#test/support/sample-log.ts'
import { projectionLaws } from './projection-laws.ts'

const events = sampleLog()

for (const projection of projections) projectionLaws(projection, events)
