import { describe, expect, it } from 'vitest'
import { registerDemoPeople } from '#api/demo-people.ts'
import { peopleOn } from '#api/people.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { freshEventStore } from '#test/support/event-store.ts'
import { streamOf } from '#test/support/planning-log.ts'
import { freshDatabase } from '#test/support/postgres.ts'

const at = '2026-11-21T04:00:00.000Z'
const envelope = { commandId: 'a3bb189e-8bf9-4c1b-9b1c-1f2f6a1b7c11', at, night: '2026-11-20' } as const
const anaHerself = { kind: 'user', id: 'ana' } as const
const ana = { type: 'RegisterUser', userId: 'ana', country: null, level: 0, roles: [], at } as const

const fresh = async () => {
  await using starting = new AsyncDisposableStack()
  const { store } = starting.use(await freshEventStore())
  const { pool } = starting.use(await freshDatabase())
  const people = peopleOn(store, pool, sanPedroMartir.id)
  const stack = starting.move()
  return {
    people,
    started: () => registerDemoPeople({ feed: store, people, site: sanPedroMartir, at }),
    recorded: async () => [
      ...(await streamOf(store, 'user-local')),
      ...(await streamOf(store, 'programme-demo')),
    ],
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

describe('a simulated observatory on its first start', () => {
  it('registers user local and programme demo, on record, once for all starts', async () => {
    await using log = await fresh()
    expect(await log.started()).toBe(true)
    expect(await log.started()).toBe(false)
    expect(await log.recorded()).toMatchObject([
      { type: 'UserRegistered', data: { userId: 'local' }, metadata: { simulated: true } },
      { type: 'ProgrammeOpened', data: { programmeId: 'demo', leaderId: 'local', memberIds: ['local'] } },
    ])
  })

  it('registers nobody where somebody is known', async () => {
    await using log = await fresh()
    const profile = { displayName: 'Ana', email: 'ana@example.org' }
    await log.people.users.register(ana, profile, { ...envelope, actor: anaHerself })
    expect(await log.started()).toBe(false)
    expect(await log.recorded()).toEqual([])
  })

  it('leaves out for good who was erased', async () => {
    await using log = await fresh()
    await log.started()
    await log.people.users.erase('local', { ...envelope, actor: anaHerself })
    expect(await log.started()).toBe(false)
    expect(await log.people.personalData.of(['local'])).toEqual(new Map())
  })
})
