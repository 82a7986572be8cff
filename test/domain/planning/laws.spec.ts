import { changeLaws } from '../../support/plan-change-laws.ts'
import { planLaws } from '../../support/plan-laws.ts'

planLaws(8)
changeLaws(8)
