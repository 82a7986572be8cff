import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localEnv } from '#test/support/access.ts'
import { doorOf } from '#test/support/signing-in.ts'
import { wholeApi } from '#test/support/whole-api.ts'

let api: Awaited<ReturnType<typeof wholeApi>>
let door: ReturnType<typeof doorOf>

beforeAll(async () => {
  api = await wholeApi()
  door = doorOf(api)
  await door.register('ana', 'observer')
})
afterAll(() => api?.[Symbol.asyncDispose]())

/** Runs a command with something on its standard input. */
const noctuary = async (args: readonly string[], input = '', env: NodeJS.ProcessEnv = localEnv) => {
  const child = spawn(process.execPath, ['api/main.ts', ...args, '--url', api.url], {
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
  child.stdin.end(input)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { out, err, code }
}

describe('noctuary user password', () => {
  it('sets a password from the standard input', async () => {
    const set = await noctuary(['user', 'password', 'ana'], 'a sentence that is long\nand another line\n')
    expect([set.code, set.out]).toEqual([0, 'ana has a new password\n'])
    expect((await door.signIn('ana', 'a sentence that is long')).status).toBe(200)
  })

  it.each([
    ['ana', 'short\n', 2, 'a password has 12 characters at least'],
    ['nobody', 'a sentence that is long\n', 18, 'there is no user nobody'],
  ])('for %s with %j ends with %i', async (user, input, code, why) => {
    const ended = await noctuary(['user', 'password', user], input)
    expect([ended.code, ended.err]).toEqual([code, expect.stringContaining(why)])
  })
})

describe('noctuary token', () => {
  it('makes one, shows it once, lists it without its secret, and revokes it', async () => {
    const scopes = ['--scope', 'read', '--scope', 'request']
    const made = await noctuary(['token', 'create', '--user', 'ana', '--name', 'page', ...scopes])
    expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^noct_[\w-]{43}\n$/)])
    const [id = ''] = /t-\w+/.exec(made.err) ?? []
    const mine = { NOCTUARY_TOKEN: made.out.trim() }
    const listed = await noctuary(['token', 'list'])
    expect(listed.out).toBe(`${id}  ana  page  read request  until revoked  never used\n`)
    const refused = await noctuary(['user', 'grant', 'ana', 'admin'], '', mine)
    expect([refused.code, refused.err]).toEqual([21, expect.stringMatching(/^This needs the right admin/)])
    expect((await noctuary(['token', 'revoke', id])).out).toBe(`${id} is revoked\n`)
    const gone = await noctuary(['user', 'grant', 'ana', 'admin'], '', mine)
    expect([gone.code, gone.err]).toEqual([21, 'There is no such token, or it was revoked.\n'])
  })

  it.each([
    [['create', '--user', 'ana', '--name', 'x', '--scope', 'admin'], 18, 'ana may not admin'],
    [['create', '--user', 'ana', '--name', 'x', '--scope', 'everything'], 2, 'body/scopes/0'],
    [['create', '--user', 'ana', '--name', 'x', '--scope', 'read', '--expires', 'soon'], 2, 'is no date'],
    [['revoke', 't-none'], 18, 'You have no token t-none'],
  ])('%j ends with %i: %s', async (args, code, why) => {
    const ended = await noctuary(['token', ...args])
    expect([ended.code, ended.err]).toEqual([code, expect.stringContaining(why)])
  })

  it('what goes without one says how to get one', async () => {
    const ended = await noctuary(['token', 'list'], '', { NOCTUARY_TOKEN: '', DATA_DIR: '/nonexistent' })
    expect([ended.code, ended.err]).toEqual([21, expect.stringContaining('sign in, or send')])
  })
})
