import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { familyOf, isAlive } from './family.ts'
import { newObservatory, noctuary } from './observatory.ts'

describe('noctuary start', () => {
  it('runs everything, says where, lets nobody else into its folder, and Ctrl-C, once or twice, ends it with nothing left behind', async () => {
    await using observatory = await newObservatory()
    const { child, ended, said } = noctuary(['start'], observatory.env)
    await observatory.rows(2)
    const family = await familyOf(child.pid ?? 0)
    expect(family.length).toBeGreaterThan(3)
    expect(said()).toContain(`API          http://127.0.0.1:${observatory.env.PORT}`)
    expect(said()).toMatch(
      /the first admin, once: http:\/\/127\.0\.0\.1:\d+\/sign-in#first-admin=[\w-]{43}\n/,
    )
    const token = path.join(observatory.folder, 'local-token')
    expect((await stat(token)).mode & 0o777).toBe(0o600)
    const added = ['--id', 'ana', '--name', 'Ana', '--email', 'ana@example.org']
    expect((await noctuary(['user', 'add', ...added], observatory.env).ended).said).toBe('ana\n')
    const status = await noctuary(['status'], observatory.env).ended
    expect(status.code).toBe(0)
    expect(status.said).toMatch(/^ok\n/)
    expect(status.said).toMatch(/weatherwatch +live/)
    const desk = await noctuary(['console', 'ping', 'majordome'], observatory.env).ended
    expect(desk).toMatchObject({ code: 0, said: expect.stringMatching(/^pong after/) })
    const refused = await noctuary(['console', 'ping', 'nobody'], observatory.env).ended
    expect(refused).toMatchObject({ code: 1, said: expect.stringMatching(/^error: UNKNOWN_AGENT/) })
    const drawing = noctuary(['introspect'], observatory.env)
    await vi.waitFor(() => expect(drawing.said()).toMatch(/^DEL ALL\nADD NODE [\s\S]*ADD LINK/), {
      timeout: 10_000,
    })
    drawing.child.kill('SIGINT')
    const second = await noctuary(['start'], { ...observatory.env, PORT: '0', PLC_PORT: '0' }).ended
    expect(second.code).toBe(1)
    expect(second.said).toMatch(new RegExp(`^${observatory.folder} is in use by process ${child.pid} `))
    // One Ctrl-C reaches it twice when npm passes its own on.
    child.kill('SIGINT')
    child.kill('SIGINT')
    expect((await ended).code).toBe(0)
    await vi.waitFor(() => expect(family.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 20 })
    await expect(stat(token)).rejects.toThrow('ENOENT')
  })

  it('plays another scenario, and P24 refuses a wrong one with its index', async () => {
    await using observatory = await newObservatory()
    const file = path.join(observatory.folder, 'scenario.json')
    await writeFile(file, '[60, {"time": 1, "plcSimulator": {"outage": 1}}, {"time": 2, "weather": "fine"}]')
    const { code, said } = await noctuary(['start', '--scenario', file], observatory.env).ended
    expect(code).toBe(1)
    expect(said).toMatch(/2.*weather/)
  })

  it.each([
    [{ PORT: 'eighty' }, 'PORT=eighty: a port is a whole number from 0 to 65535'],
    [{ SAFETY_LIMITS: '{"wind":{"unsafe":12}}' }, 'wind.unsafe: no such limit; wind has unsafeMs'],
  ])('refuses %j with a sentence', async (wrong, sentence) => {
    await using observatory = await newObservatory()
    const { code, said } = await noctuary(['start'], { ...observatory.env, ...wrong }).ended
    expect(code).toBe(1)
    expect(said).toContain(sentence)
    expect(said).not.toContain('at ')
  })

  it('says which address is missing when a part is left out', async () => {
    const { code, said } = await noctuary(['start', '--only', 'monitor']).ended
    expect(code).toBe(1)
    expect(said).toContain('eventstore does not run here, so EVENTSTORE_URL must say where it is')
  })
})

describe('noctuary', () => {
  it.each([['start'], ['status'], ['eventstore'], ['simulator', 'plc']])(
    '%s explains itself with --help',
    async (...command) => {
      const { code, said } = await noctuary([...command, '--help']).ended
      expect(code).toBe(0)
      expect(said).toContain(`Usage: noctuary ${command.join(' ')} [options]`)
    },
  )

  it.each([
    [['frobnicate']],
    [['start', '--onyl', 'api']],
    [['start', '--apart', '--only', 'plc']],
    [['simulator', 'plc', '--port', '99999']],
  ])('P55 ends with 2 for a command line it cannot read: %s', async (line) => {
    expect((await noctuary(line).ended).code).toBe(2)
  })

  it('status says so when nothing runs', async () => {
    await using observatory = await newObservatory()
    const { code, said } = await noctuary(['status'], observatory.env).ended
    expect(code).toBe(1)
    expect(said).toBe(
      `nothing answers at http://127.0.0.1:${observatory.env.PORT}; is it running? (npm start)\n`,
    )
    const desk = await noctuary(['console', 'night'], observatory.env).ended
    expect(desk.code).toBe(1)
    expect(desk.said).toBe(
      `no observatory with an API runs on ${observatory.folder} (DATA_DIR); is it running? (npm start)\n`,
    )
  })
})
