import { expect, it } from 'vitest'
import { personalDataIn } from '#adapters/postgres/people.ts'
import { type EventStore, StoreUnavailable } from '#commands/event-store.ts'
import { loadUser } from '#commands/people/load-user.ts'
import { userCommands } from '#commands/people/users.ts'
import type { RegisterUser } from '#domain/people/user.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { freshDatabase } from '#test/support/postgres.ts'

const at = '2026-11-21T04:00:00.000Z'
const command: RegisterUser = {
  ...{ type: 'RegisterUser', userId: 'ana', at },
  ...{ country: null, level: 0, roles: ['observer'] },
}
const profile = { displayName: 'Ana', email: 'ana@example.org' }
const envelopeOf = (n: number) => ({
  commandId: `00000000-0000-4000-8000-00000000000${n}`,
  at,
  night: '2026-11-20',
  actor: { kind: 'user', id: 'root' } as const,
})

it.each([
  ['before the event was written', false, 'unknown'],
  ['after the event was written', true, 'registered'],
])(
  'P52 a registration cut short %s leaves no name behind, and repeating it mends it',
  async (_, lands, standing) => {
    await using log = await freshEventStore()
    await using database = await freshDatabase()
    const personalData = personalDataIn(database.pool)
    const cut: EventStore = {
      ...log.store,
      append: async (...append) => {
        if (lands) await log.store.append(...append)
        throw new StoreUnavailable('the line broke')
      },
    }
    const parts = { personalData, site: 'osm' }
    await expect(
      userCommands({ ...parts, store: cut }).register(command, profile, envelopeOf(1)),
    ).rejects.toThrow(StoreUnavailable)
    expect((await loadUser(log.store, 'ana')).standing).toBe(standing)
    expect(await personalData.of(['ana'])).toEqual(new Map())

    await userCommands({ ...parts, store: log.store }).register(command, profile, envelopeOf(2))
    expect((await loadUser(log.store, 'ana')).standing).toBe('registered')
    expect(await personalData.of(['ana'])).toEqual(new Map([['ana', { userId: 'ana', ...profile }]]))
    let events = 0
    for await (const _ of log.store.readBackwards('user-ana')) events += 1
    expect(events).toBe(1)
  },
)

it('of two who register the same id at once, one is told that it is taken, and the log has one', async () => {
  await using log = await freshEventStore()
  await using database = await freshDatabase()
  const personalData = personalDataIn(database.pool)
  const { register } = userCommands({ personalData, site: 'osm', store: log.store })
  const others = { displayName: 'Another Ana', email: 'other@example.org' }
  const outcomes = await Promise.allSettled([
    register(command, profile, envelopeOf(1)),
    register(command, others, envelopeOf(2)),
  ])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const kept = (await personalData.of(['ana'])).get('ana')
  expect([profile.email, others.email]).toContain(kept?.email)
})
