import { expect, it, vi } from 'vitest'
import { startQuotaKeeper } from '#api/parts/quota-keeper.ts'
import { tell } from '#test/support/happenings.ts'
import { peopleObservatory } from '#test/support/people-observatory.ts'
import { aborted, finished, published, started, submitted } from '#test/support/quota-story.ts'

const night = '2026-11-20'

it('the quota keeper keeps what /api/quotas shows, and every entry can be asked why', async () => {
  await using observatory = await peopleObservatory()
  const { ask, store, clock, projected } = observatory
  await ask('POST', '/api/users', { body: { id: 'ana', displayName: 'Ana', email: 'ana@example.org' } })
  const granted = { level: 'user', id: 'ana', period: '2026B', seconds: 3600, why: 'allocation' }
  await ask('POST', '/api/quotas', { body: granted })
  await tell(store, [
    submitted(night, 'q'),
    submitted(night, 'r'),
    published(night, 1, [
      { sequenceId: 'q.1', chargeS: 600 },
      { sequenceId: 'q.2', chargeS: 200 },
      { sequenceId: 'r.1', chargeS: 100.5 },
    ]),
    started(night, 'q.1'),
    finished(night, 'q.1'),
    started(night, 'q.2'),
    aborted(night, 'q.2', 3),
  ])
  const keeper = startQuotaKeeper(store, clock)
  try {
    // 3 reservations, 2 observations settled.
    await vi.waitFor(() =>
      expect(keeper.status()).toEqual({
        ...{ name: 'quota keeper', state: 'up', detail: '5 entries since the start' },
      }),
    )
    await projected()
    const { body } = await ask('GET', '/api/quotas?period=2026B&level=user')
    expect(body.items).toEqual([
      {
        ...{ period: '2026B', level: 'user', id: 'ana', grantedS: 3600, reservedS: 100.5 },
        ...{ spentS: 600, refundedS: 200, leftS: 2899.5 },
      },
    ])
    const { body: programme } = await ask('GET', '/api/quotas?level=programme')
    expect(programme.items).toMatchObject([{ id: 'survey', spentS: 600, leftS: null }])

    const { body: entries } = await ask('GET', '/api/quotas/2026B/user/ana?limit=2')
    expect(entries).toMatchObject({
      items: [
        { kind: 'spent', refundedS: 200 },
        { kind: 'spent', spentS: 600 },
      ],
      next: 5,
    })
    const { body: why } = await ask('GET', `/api/events/${entries.items[1].eventId}/why`)
    expect(why.story.map(({ text }: { text: string }) => text).join('\n')).toMatch(
      /^QuotaSpent: 600 s spent on q\.1 by .*\(agent quota-keeper\)\nObservationFinished/,
    )
  } finally {
    await keeper.stop()
  }
})
