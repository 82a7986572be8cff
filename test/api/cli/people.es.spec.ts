import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localEnv } from '#test/support/access.ts'
import { peopleObservatory } from '#test/support/people-observatory.ts'
import { noctuary } from './observatory.ts'

let at: Awaited<ReturnType<typeof peopleObservatory>>
const say = async (...args: string[]) => {
  await at.projected()
  return noctuary([...args, '--url', at.url], localEnv).ended
}

beforeAll(async () => {
  at = await peopleObservatory()
})
afterAll(() => at[Symbol.asyncDispose]())

describe('the commands about people', () => {
  it('register, list, promote and erase users', async () => {
    const ana = ['--id', 'ana', '--name', 'Ana Pérez', '--email', 'ana@example.org']
    expect(await say('user', 'add', ...ana, '--country', 'MX', '--level', '3')).toEqual({
      code: 0,
      said: 'ana\n',
    })
    expect((await say('user', 'grant', 'ana', 'admin')).said).toBe('ana is now admin\n')
    expect((await say('user', 'list')).said).toBe(
      'ana  Ana Pérez  ana@example.org  mx  level 3  admin observer\n',
    )
    expect((await say('user', 'revoke', 'ana', 'admin')).code).toBe(0)
    expect((await say('user', 'erase', 'ana')).code).toBe(0)
    expect((await say('user', 'list')).said).toMatch(/^ana {2}erased 2026-11-21 {2,}mx {2}level 3\n$/)
  })

  it('open programmes and grant time', async () => {
    expect((await say('user', 'add', '--id', 'bob', '--name', 'Bob', '--email', 'b@example.org')).code).toBe(
      0,
    )
    const survey = ['--title', 'Transients', '--leader', 'bob']
    expect((await say('programme', 'open', 'survey', ...survey)).code).toBe(0)
    expect((await say('quota', 'grant', 'programme', 'survey', '1.5h', '--period', '2026B')).said).toBe(
      '5400 s granted to programme survey in 2026B\n',
    )
    expect((await say('quota', 'show')).said).toBe(
      '2026B  programme  survey  5400 s left of 5400 s  0 s reserved  0 s spent\n',
    )
    expect((await say('programme', 'members', 'survey', '--leader', 'bob', '--member', 'bob')).code).toBe(0)
    expect((await say('programme', 'close', 'survey')).code).toBe(0)
    expect((await say('programme', 'list')).said).toBe('survey  closed  bob and 0 more  Transients\n')
  })

  it.each([
    [['user', 'erase', 'nobody'], 18, 'there is no user nobody'],
    [['user', 'add', '--name', 'X', '--email', 'x'], 2, 'body/email: an e-mail address is like'],
    [['user', 'grant', 'nobody', 'king'], 2, 'role'],
    [
      ['programme', 'open', 'p', '--title', 't', '--leader', 'nobody'],
      18,
      'leaderId: there is no user nobody',
    ],
    [['quota', 'grant', 'user', 'nobody', '10h'], 18, 'there is no user nobody'],
    [['quota', 'grant', 'user', 'nobody', 'much'], 2, '"much" is no time'],
  ])('%j ends with %i: %s', async (args, code, sentence) => {
    const ended = await say(...args)
    expect(ended.said).toContain(sentence)
    expect(ended.code).toBe(code)
  })
})
