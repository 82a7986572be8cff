import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { openPool } from '#adapters/postgres/pool.ts'
import type { ProjectionStatus } from '#projections/engine/status.ts'
import type { House } from './house.ts'
import { startProjections } from './projections.ts'

/** The projections, on connections of their own: a busy API must not keep the read models waiting. */
export const startReadModels = (
  house: House,
  store: OpenEventStore,
  databaseUrl: string,
): (() => readonly ProjectionStatus[]) => {
  const { clock, registry, say } = house
  const pool = openPool(databaseUrl, { applicationName: 'noctuary projections', max: 16 })
  house.atEnd(() => pool.end())
  const onChange = ({ name, state, error }: ProjectionStatus) => {
    if (error) say(`projection ${name} is ${state}: ${error}`)
  }
  const running = startProjections({ pool, feed: store, clock, registry, onChange })
  house.atEnd(() => running.stop())
  const names = running.statuses().map(({ name }) => name)
  house.addresses.set('projections', names.join(', '))
  return running.statuses
}
