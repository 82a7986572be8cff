import { projections } from '#projections/catalogue.ts'
import { sampleNight } from '#test/support/sample-night.ts'
import { projectionLaws } from './projection-laws.ts'

const events = sampleNight({ polls: 150 })

for (const projection of projections) projectionLaws(projection, events)
