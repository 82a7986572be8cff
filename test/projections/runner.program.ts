// Runs the projections of the product against a log and a database until it is killed; says each status in a line.
import { systemClock } from '#adapters/clock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import { projections } from '#projections/catalogue.ts'
import { runProjections } from '#projections/engine/runner.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'

const [eventStoreUrl = '', databaseUrl = '', ...names] = process.argv.slice(2)
const pool = openPool(databaseUrl, { max: 16 })
const feed = openEventStore(eventStoreUrl)
const wanted = projections.filter(({ name }) => names.length === 0 || names.includes(name))
const onStatus = ({ name, generation, role, state, checkpoint, error }: ProjectionStatus) =>
  process.stdout.write(
    `${JSON.stringify({ name, generation, role, state, events: checkpoint.events, error })}\n`,
  )
process.stdin.resume().once('end', () => process.exit(0))
await runProjections(wanted, { pool, feed, clock: systemClock, onStatus }, new AbortController().signal)
