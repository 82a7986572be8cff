import type { ReadModels } from '#projections/read-database.ts'

/** Every agent by name, with its last failure. In one transaction: no answer mixes two generations. */
export const allAgents = (database: ReadModels) =>
  database.transaction().execute(async (db) => {
    const agents = await db.selectFrom('agent').selectAll().orderBy('name').execute()
    const failures = await db
      .selectFrom('agent_failure')
      .selectAll()
      .distinctOn('agent')
      .orderBy('agent')
      .orderBy('failed_at', 'desc')
      .orderBy('event_id')
      .execute()
    return agents.map((agent) => ({
      ...agent,
      failure: failures.find((failure) => failure.agent === agent.name) ?? null,
    }))
  })
