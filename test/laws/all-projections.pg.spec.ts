import { projections } from '#projections/catalogue.ts'
import { sampleLog } from '#test/support/sample-log.ts'
import { projectionLaws } from './projection-laws.ts'

projectionLaws(projections, sampleLog())
