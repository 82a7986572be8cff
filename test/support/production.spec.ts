import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { forgetProduction, refuseProduction } from './production.ts'

const run = promisify(execFile)
const database = 'postgres://owner:secret@db.example:5432/noctuary'

describe('W7 the suite never touches production', () => {
  it.each([
    ['the same address', database],
    ['another user', 'postgres://tester@db.example:5432/noctuary'],
    ['another scheme', 'postgresql://owner:secret@db.example:5432/noctuary'],
    ['other options', `${database}?sslmode=disable`],
    ['another case', 'postgres://owner:secret@DB.example:5432/noctuary'],
    ['no port, meaning 5432', 'postgres://owner:secret@db.example/noctuary'],
  ])('refuses the production database under %s', (_, test) =>
    expect(() => refuseProduction({ DATABASE_URL: database, NOCTUARY_TEST_DATABASE_URL: test })).toThrow(
      'NOCTUARY_TEST_DATABASE_URL and DATABASE_URL name the same database',
    ),
  )

  it('refuses the production event store, in whatever order its nodes are named', () =>
    expect(() =>
      refuseProduction({
        EVENTSTORE_URL: 'esdb://a.example:2113,b.example:2113?tls=true',
        EVENTSTORE_TEST_URL: 'esdb://b.example:2113,a.example:2113?tls=true',
      }),
    ).toThrow('EVENTSTORE_TEST_URL and EVENTSTORE_URL name the same database'))

  it.each([
    ['no test database', { DATABASE_URL: database }],
    ['no production database', { NOCTUARY_TEST_DATABASE_URL: database }],
    [
      'another database of one server',
      { DATABASE_URL: database, NOCTUARY_TEST_DATABASE_URL: `${database}_test` },
    ],
  ])('accepts %s', (_, environment) => expect(() => refuseProduction(environment)).not.toThrow())

  it('hides the production addresses from the tests and from what they start', () => {
    const environment = { DATABASE_URL: database, EVENTSTORE_URL: 'esdb://a.example:2113', OTHER: 'kept' }
    forgetProduction(environment)
    expect(environment).toEqual({ OTHER: 'kept' })
    expect(process.env['DATABASE_URL']).toBeUndefined()
    expect(process.env['EVENTSTORE_URL']).toBeUndefined()
  })

  it('refuses to start at all', async () => {
    const env = {
      ...process.env,
      DATABASE_URL: database,
      NOCTUARY_TEST_DATABASE_URL: database,
      NO_COLOR: '1',
    }
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', 'test/support/production.spec.ts', '-t', 'none']
    await expect(run(process.execPath, vitest, { env })).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('name the same database: give the tests one of their own'),
    })
  })
})
