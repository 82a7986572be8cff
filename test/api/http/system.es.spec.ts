import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentsStory } from '#test/support/agents-story.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { tell } from '#test/support/happenings.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { startSpine } from '#test/support/spine.ts'

let log: FreshEventStore
let database: FreshDatabase
let spine: Awaited<ReturnType<typeof startSpine>>

beforeAll(async () => {
  const parts = await Promise.all([freshEventStore(), freshDatabase()])
  ;[log, database] = parts
  await tell(log.store, agentsStory)
  spine = await startSpine({ store: log.store, pool: database.pool, scenario: 'demo' })
})

afterAll(async () => {
  await spine[Symbol.asyncDispose]()
  await Promise.all([log[Symbol.asyncDispose](), database.drop()])
})

describe('GET /api/agents', () => {
  it('P16 shows every agent, who runs it, and its last failure', async () => {
    await expect.poll(async () => (await spine.get('/api/agents')).body.items?.length).toBe(2)
    const { body, headers } = await spine.get('/api/agents')
    expect(headers.get('x-position')).toMatch(/^[1-9]\d*$/)
    expect(body.items).toMatchObject([
      { name: 'majordome', host: 'second', state: 'INIT', restarts: 0, lastFailure: null },
      {
        name: 'planner',
        state: 'GIVEN_UP',
        restarts: 1,
        lastFailure: { during: 'activate', code: 'AgentStartFailed', why: 'planning: no sky' },
      },
    ])
  })
})
