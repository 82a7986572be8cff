import { projections } from '#projections/catalogue.ts'
import { sampleNight } from '#test/support/sample-night.ts'
import { samplePlanning } from '#test/support/sample-planning.ts'
import { projectionLaws } from './projection-laws.ts'

const night = sampleNight({ polls: 150 })
const events = [...night, ...samplePlanning(BigInt(night.length + 1))]

for (const projection of projections) projectionLaws(projection, events)
