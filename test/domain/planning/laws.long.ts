import { changeLaws } from '../../support/plan-change-laws.ts'
import { planLaws } from '../../support/plan-laws.ts'

planLaws(100)
changeLaws(60)
