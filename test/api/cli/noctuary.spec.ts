import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Checkout, makeCheckout } from './checkout.ts'

const program = `
const [command, ...rest] = process.argv.slice(2)
const typed: string = JSON.stringify({ command, rest, version: process.version })
if (command === 'fail') process.exitCode = 3
if (command === 'wait') process.on('SIGTERM', () => process.exit(5))
if (command === 'wait' || command === 'hang') setInterval(() => {}, 60_000)
if (command === 'copy') process.stdin.pipe(process.stdout)
else console.log(typed)
`

describe('the command', () => {
  let checkout: Checkout
  beforeAll(async () => {
    checkout = await makeCheckout()
    await checkout.write('part/package.json', '{"name":"part","version":"1.0.0"}')
    await checkout.writePackage({ dependencies: { part: 'file:part' } })
    await checkout.write('api/main.ts', program)
    await checkout.lock()
    await checkout.bootstrap()
  })
  afterAll(() => checkout.remove())

  const start = (...args: string[]) => {
    const child = checkout.start('noctuary.mjs', ...args)
    if (!child.stdout || !child.stdin) throw new Error('the command was started without pipes')
    return { child, stdin: child.stdin, stdout: child.stdout, exited: once(child, 'exit') }
  }

  it('hands its arguments to the program, on Node 24 or later', async () => {
    const { stdout, exited } = start('status', '--json', 'a b', '')
    expect(JSON.parse(await text(stdout))).toEqual({
      command: 'status',
      rest: ['--json', 'a b', ''],
      version: expect.stringMatching(/^v(2[4-9]|[3-9]\d)\./),
    })
    expect(await exited).toEqual([0, null])
  })

  it('ends with the exit code of the program', async () => {
    expect(await start('fail').exited).toEqual([3, null])
  })

  it('passes its input on', async () => {
    const { stdin, stdout } = start('copy')
    stdin.end('a line\n')
    expect(await text(stdout)).toBe('a line\n')
  })

  it('passes signals on, and lets the program end in its own way', async () => {
    const { child, stdout, exited } = start('wait')
    await once(stdout, 'data')
    child.kill('SIGTERM')
    expect(await exited).toEqual([5, null])
  })

  it('ends by the signal that ended the program', async () => {
    const { child, stdout, exited } = start('hang')
    await once(stdout, 'data')
    child.kill('SIGINT')
    expect(await exited).toEqual([null, 'SIGINT'])
  })
})
