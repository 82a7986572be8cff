import { changeLaws } from '../../support/plan-change-laws.ts'
import { planLaws } from '../../support/plan-laws.ts'

planLaws(20)
changeLaws(20)
