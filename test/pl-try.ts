import { plan } from '#domain/planning/plan.ts'
import { prepare } from '#domain/planning/compile.ts'
import { inputOf, instance, proven } from './support/planner-fixtures.ts'
for (let rep = 0; rep < 3; rep++)
for (const name of ['n20_s1','n100_s1','n500_s1','n500d_s1','n2000_s1']) for (const q of [0,1]) {
  const of = instance(name)!
  for (const effort of [0, 40]) {
  const input = inputOf(of, q===1, {rules: {weight:{kind:'linear'},durationPower:1,gridS:60,effort}})
  const t0=process.cpuUsage().user
  prepare(input)
  const t1=process.cpuUsage().user
  const p = plan(input)
  const t2=process.cpuUsage().user
  if (rep===2) console.log(name, q, effort, 'obj', (p.plan.objective*10).toFixed(1), 'ratio ref', (p.plan.objective*10/(proven[name]?.[q] ?? NaN)).toFixed(4), 'own', (p.plan.objective/p.plan.bound).toFixed(4), 'n', p.plan.placed.length, 'prep', (t1-t0)/1000, 'all', (t2-t1)/1000)
  }
  if (rep===2 && name==='n500_s1') { const pr=prepare(inputOf(of,false)); let worst=0; of.seqs.forEach((s,i)=>{const c=pr.candidates[i]!; const w=(s.win??[]).filter(([a,b])=>b-a>=s.dur); if (w.length!==c.task.starts.length) console.log('diff', s.id, s.win, c.task.starts, s.dur); else w.forEach(([a,b],k)=>{const [x,y]=c.task.starts[k]!; worst=Math.max(worst,Math.abs(a-x),Math.abs(b-s.dur-y))})}); console.log('worst window difference', worst) }
}
