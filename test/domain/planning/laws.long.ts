import { planLaws } from '../../support/plan-laws.ts'

planLaws(200)
