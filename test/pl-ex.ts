import { plan } from '#domain/planning/plan.ts'
import { explain } from '#domain/planning/explain.ts'
import { inputOf, instance } from './support/planner-fixtures.ts'
for (const setup of [{kind:'slewing'}]) for (const gridS of [30]) {
for (let i=0;i<8;i++) {
  const input = inputOf(instance('n500_s1')!, true, { setup, rules: { gridS } })
  let t=process.cpuUsage().user
  const p = plan(input)
  const t1=process.cpuUsage().user
  const e = explain(p)
  const t2=process.cpuUsage().user
  if (i<2) continue
  const c = new Map<string,number>(); for (const u of e) c.set(u.reason.code,(c.get(u.reason.code)??0)+1)
  console.log(setup.kind, gridS, (t1-t)/1000, (t2-t1)/1000, p.plan.placed.length, (p.plan.objective/p.plan.bound).toFixed(4), Object.fromEntries(c))
  if (setup.kind==='slewing'&&gridS===15) { const seen=new Set(); for (const u of e) if (!seen.has(u.reason.code)) { seen.add(u.reason.code); console.log(u.id, u.reason.code, u.reason.text) }; console.log(p.plan.placed.slice(0,3)) }
}}
