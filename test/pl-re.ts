import { plan } from '#domain/planning/plan.ts'
import { replanForAlert } from '#domain/planning/replan.ts'
import { candidateSchema } from '#domain/planning/input.ts'
import { alertsOf, inputOf, instance } from './support/planner-fixtures.ts'
for (let rep=0;rep<3;rep++)
for (const name of ['n20_s1','n100_s1','n500_s1','n500d_s1','n2000_s1']) for (const setup of [{kind:'fixed',seconds:60},{kind:'slewing'}]) {
  const of = instance(name)!
  const p = plan(inputOf(of, true, { setup, rules: { gridS: 60, effort: 60 } }))
  for (const { atS, candidate } of alertsOf(of)) {
    const c = candidateSchema.parse(candidate)
    const t=process.cpuUsage().user; const w=performance.now()
    const r = replanForAlert(p, c, atS)
    const t1=process.cpuUsage().user; const w1=performance.now()
    if (rep<2) continue
    // full
    const begun = p.plan.placed.filter(x=>Date.parse(x.startsAt) < of.t0Ms+atS*1000)
    const pre = new Set(r?.plan.preempted.map(x=>x.id))
    const input = inputOf(of, true, { setup, rules: { gridS: 60, effort: 0 } })
    const q = plan({...input, from: new Date(of.t0Ms+atS*1000).toISOString(), candidates: [...input.candidates.filter(x=>!begun.some(b=>b.id===x.id)||pre.has(x.id)), c], quotas: input.quotas.map(q=>({...q, leftS: q.leftS - begun.filter(b=>!pre.has(b.id)).reduce((s,b)=>{const cc=input.candidates.find(x=>x.id===b.id)!; return s+(cc[q.level]===q.id?cc.durationS:0)},0)})) })
    const later = (pl: any) => pl.plan.placed.filter((x:any)=>Date.parse(x.startsAt) >= of.t0Ms+atS*1000 && x.kind==='planned').reduce((s:number,x:any)=>s+x.value,0)
    console.log(name, setup.kind, atS, 'cpu', (t1-t)/1000, 'wall', (w1-w).toFixed(2), 'value', later(r).toFixed(1), 'full', later(q).toFixed(1), (later(r)/later(q)).toFixed(4), r?.plan.placed.find(x=>x.kind==='alert')?.startsAt, q.plan.placed.find(x=>x.kind==='alert')?.startsAt, [...pre])
  }
}
