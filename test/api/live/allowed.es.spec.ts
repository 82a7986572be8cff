import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listener } from '#test/support/live.ts'
import { doorOf } from '#test/support/signing-in.ts'
import { wholeApi } from '#test/support/whole-api.ts'

let api: Awaited<ReturnType<typeof wholeApi>>
let door: ReturnType<typeof doorOf>

beforeAll(async () => {
  api = await wholeApi()
  door = doorOf(api)
})
afterAll(() => api?.[Symbol.asyncDispose]())

describe('a live stream and who may hear it', () => {
  it('nobody hears who is nobody, and changes of read models need less than events', async () => {
    using nobody = listener({ url: api.url })
    await nobody.until(({ lost }) => lost.length === 1)
    expect(nobody.lost[0]).toMatchObject({ code: 'sign_in_needed', final: true })
    const headers = await door.letIn('olaf', 'observer')
    using events = listener({ url: api.url, headers })
    using models = listener({ url: api.url, headers, models: ['nights'] })
    await events.until(({ lost }) => lost.length === 1)
    expect(events.lost[0]).toMatchObject({ code: 'not_allowed', final: true })
    await models.until(({ connected }) => connected.length === 1)
  })

  it('ends for who signs out and for a token that is revoked, within a minute, and for nobody else', async () => {
    const headers = await door.letIn('ada', 'auditor')
    const token = await door.tokenOf('ada', ['read', 'audit'])
    using signedIn = listener({ url: api.url, headers })
    using program = listener({ url: api.url, headers: token.header })
    const stays = await door.letIn('bea', 'auditor')
    using other = listener({ url: api.url, headers: stays })
    for (const each of [signedIn, program, other]) await each.until(({ connected }) => connected.length === 1)
    expect((await door.ask('DELETE', '/api/session', { headers })).status).toBeLessThan(300)
    const revoked = await door.ask('DELETE', `/api/tokens/${token.id}`, {
      headers: await door.letIn('ada', 'auditor'),
    })
    expect(revoked.status).toBeLessThan(300)
    await api.clock.advanceBy(60_000)
    await signedIn.until(({ lost }) => lost.some(({ final }) => final))
    await program.until(({ lost }) => lost.some(({ final }) => final))
    expect(signedIn.lost.at(-1)).toMatchObject({ code: 'sign_in_needed' })
    expect(program.lost.at(-1)).toMatchObject({ code: 'token_refused' })
    expect(other.lost).toEqual([])
    expect(other.client.isConnected()).toBe(true)
  })
})
