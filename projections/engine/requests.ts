import type { Pool } from 'pg'
import type { Generation } from './control.ts'
import type { Projection } from './definition.ts'
import { changeGenerations, drop, NotPossible } from './generations.ts'
import { turnReaders } from './swap.ts'

const buildingOf = (name: string, known: readonly Generation[]): Generation => {
  const building = known.find(({ role }) => role === 'building')
  if (!building) throw new NotPossible('no_rebuild', `no rebuild of ${name} is under way`)
  return building
}

const oldOf = (name: string, known: readonly Generation[], code: NotPossible['code']): Generation => {
  const old = known.find(({ role }) => role === 'old')
  if (!old) throw new NotPossible(code, `${name} keeps no generation from before`)
  return old
}

const setPaused = (pool: Pool, name: string, paused: boolean): Promise<void> =>
  changeGenerations(pool, name, async (client, known) => {
    const { generation } = buildingOf(name, known)
    await client.query('update noctuary.generation set paused = $3 where name = $1 and generation = $2', [
      name,
      generation,
      paused,
    ])
  })

/** Holds a rebuild where it stands; what it wrote is kept. */
export const pauseRebuild = (pool: Pool, name: string): Promise<void> => setPaused(pool, name, true)

/** Lets a rebuild go on; one that waited because of differences swaps. */
export const resumeRebuild = (pool: Pool, name: string): Promise<void> => setPaused(pool, name, false)

/** Ends a rebuild and drops its tables; a rollback under way leaves the old generation as it was. */
export const cancelRebuild = (pool: Pool, name: string): Promise<void> =>
  changeGenerations(pool, name, async (client, known) => {
    const building = buildingOf(name, known)
    if (building.origin !== 'rollback') return drop(client, building, 'cancelled')
    await client.query(
      `update noctuary.generation set role = 'old', paused = false where name = $1 and generation = $2`,
      [name, building.generation],
    )
  })

/**
 * Back to the generation from before the last swap. One that this program can fill catches up first, so that readers do not
 * go back in time; one of another version takes over as it is, at once.
 */
export const rollBack = (pool: Pool, { name, version }: Projection): Promise<void> =>
  changeGenerations(pool, name, async (client, known) => {
    const building = known.find(({ role }) => role === 'building')
    if (building) throw new NotPossible('rebuild_running', `${name} is being rebuilt; cancel that first`)
    const old = oldOf(name, known, 'nothing_to_roll_back')
    const live = known.find(({ role }) => role === 'live')
    if (live && old.version !== version) return turnBack(client, live, old)
    await client.query(
      `update noctuary.generation set role = 'building', origin = 'rollback', outcome = null, comparison = null
       where name = $1 and generation = $2`,
      [name, old.generation],
    )
  })

const turnBack: typeof turnReaders = async (client, live, old) => {
  // One row can be live at a time, and one old: the live one steps aside in between.
  await client.query(`update noctuary.generation set role = 'building' where name = $1 and generation = $2`, [
    old.name,
    old.generation,
  ])
  await turnReaders(client, live, old)
}

/** Drops what was kept from before the last swap. */
export const dropOld = (pool: Pool, name: string): Promise<void> =>
  changeGenerations(pool, name, async (client, known) =>
    drop(client, oldOf(name, known, 'nothing_to_drop'), 'dropped by a person'),
  )

/** Lets what stopped at an event try it again. */
export const retryStopped = (pool: Pool, name: string): Promise<void> =>
  changeGenerations(pool, name, async (client) => {
    const { rowCount } = await client.query(
      `update noctuary.generation generation set attempt = attempt + 1 from noctuary.report report
       where generation.name = $1 and role in ('live', 'building') and report.name = generation.name
         and report.generation = generation.generation and report.state = 'stopped'`,
      [name],
    )
    if (rowCount === 0) throw new NotPossible('nothing_stopped', `${name} is not stopped`)
  })
