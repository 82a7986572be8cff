import { parseArgs } from 'node:util'
import { alertPlan } from './alert-to-plan.ts'
import { alerts } from './alerts.ts'
import { api } from './api.ts'
import type { Bench } from './bench.ts'
import { eventstore } from './eventstore.ts'
import { live } from './live.ts'
import { night } from './night.ts'
import { planner } from './planner.ts'
import { projections } from './projections.ts'
import { start } from './start.ts'

const benches: readonly Bench[] = [
  alertPlan,
  alerts,
  api,
  eventstore,
  live,
  night,
  planner,
  projections,
  start,
]

const listing = benches.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false } },
})
const bench = benches.find(({ name }) => name === positionals[0])
if (!bench) {
  process.stderr.write(`npm run bench <name> [-- --quick], where name is one of\n${listing}\n`)
  process.exit(2)
}
const figures = await bench.run(values)
// The last line is for programs.
process.stdout.write(`${JSON.stringify({ bench: bench.name, quick: values.quick, ...figures })}\n`)
process.exit(0)
