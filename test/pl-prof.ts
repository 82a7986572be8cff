import { plan } from '#domain/planning/plan.ts'
import { inputOf, instance } from './support/planner-fixtures.ts'
for (let rep = 0; rep < 8; rep++) for (const name of ['n100_s1','n500_s1','n500d_s1']) for (const q of [0,1]) {
  const of = instance(name)!
  plan(inputOf(of, q===1, {rules: {weight:{kind:'linear'},durationPower:1,gridS:60,effort:20}}))
}
