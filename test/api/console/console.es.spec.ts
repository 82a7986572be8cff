import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '#adapters/clock.ts'
import type { Hello } from '#api/console/hello.ts'
import { ConsoleTaken, startConsole } from '#api/console/server.ts'
import { Hub } from '#api/live/hub.ts'
import { senderRequests } from '#api/live/requests.ts'
import { Registry } from '#commands/agents/registry.ts'
import { requestDeviceCommand } from '#commands/devices/request-command.ts'
import { nightCourse } from '#commands/night/course.ts'
import { openTonight } from '#commands/night/open-tonight.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { projections } from '#projections/catalogue.ts'
import { Signal } from '#projections/engine/signal.ts'
import { readModels } from '#projections/read-database.ts'
import { plainAgent, startHost } from '#test/support/agents.ts'
import { type FreshEventStore, freshEventStore } from '#test/support/event-store.ts'
import { looked, teller } from '#test/support/live.ts'
import { type FreshDatabase, freshDatabase } from '#test/support/postgres.ts'
import { startRunning } from '#test/support/running-projections.ts'
import { type TestFolder, testFolder } from '#test/support/test-folder.ts'

const clock = systemClock
const site = sanPedroMartir
let log: FreshEventStore
let database: FreshDatabase
let folder: TestFolder
const stack = new AsyncDisposableStack()
const registry = new Registry(clock)
let desk: Awaited<ReturnType<typeof startConsole>>
let parts: Parameters<typeof startConsole>[1]

beforeAll(async () => {
  ;[log, database, folder] = await Promise.all([freshEventStore(), freshDatabase(), testFolder()])
  stack.defer(() => folder.remove())
  stack.use(log)
  stack.use(database)
  const { store } = log
  const { pool } = database
  const running = stack.use(startRunning(projections, { pool, feed: store }))
  const host = startHost(store, clock, { planner: () => plainAgent('planner') })
  stack.defer(() => host.stop())
  await host.until('planner', ({ state }) => state === 'ACTIVE')
  await openTonight({ store, clock, site, simulated: true }, new AbortController().signal)
  const hub = new Hub({ feed: store, clock, say: () => {} })
  stack.defer(() => hub.stop())
  await hub.log.begun
  const head = await store.head()
  for (const name of ['agents', 'nights', 'journal'])
    await running.until(
      (status) => status.name === name && (status.checkpoint.position?.commit ?? 0n) >= (head?.commit ?? 0n),
    )
  const asking = { store, feed: store, clock, site, host: 'console', simulated: true, router: hub.router }
  parts = {
    store,
    events: store,
    pool,
    db: readModels(pool),
    hub,
    graph: () => registry.graph(),
    clock,
    site,
    commandNight: nightCourse(store, site.id),
    orderDevice: requestDeviceCommand({ store, site }),
    ask: senderRequests({ ...asking, isGone: async () => false }),
  }
  desk = await startConsole(folder.path, parts)
  stack.defer(() => desk.close())
})

afterAll(() => stack.disposeAsync())

/** A person at the console. */
const person = async (hello: Hello = { wants: 'console', as: 'olga', prompts: true }) => {
  const socket = connect(desk.address).setEncoding('utf8')
  await once(socket, 'connect')
  const heard = new Signal()
  let said = ''
  socket.on('data', (text: string) => {
    said += text
    heard.fire()
  })
  socket.write(`${JSON.stringify(hello)}\n`)
  /** What is said from where the last answer ended until it is as wanted. */
  const until = async (wanted: RegExp): Promise<string> => {
    while (!wanted.test(said)) await heard.changed()
    const answer = said
    said = ''
    return answer
  }
  const type = (line: string) => socket.write(`${line}\n`)
  const ask = async (line: string): Promise<string> => {
    type(line)
    return (await until(/>>> $/)).replace(/>>> $/, '')
  }
  return { socket, type, until, ask, [Symbol.dispose]: () => void socket.destroy() }
}

describe('noctuary console', () => {
  it('K12 answers line by line, over several lines, and lives on after an error', async () => {
    using olga = await person()
    await olga.until(/^>>> $/)
    expect(await olga.ask('help')).toMatch(/^help +this\nnight +what is done/)
    expect(await olga.ask('frobnicate')).toMatch(
      /^error: there is no frobnicate; there are help, night, agents/,
    )
    expect(await olga.ask('')).toBe('')
    olga.type('device dome')
    expect(await olga.until(/>>> $/)).toMatch(/^error: name what dome is to do/)
    olga.type('device dome goto {"azimuthDeg":')
    expect(await olga.until(/\.\.\. $/)).toBe('... ')
    expect(await olga.ask('"north"}')).toMatch(/^error: (bad_parameters|unknown_command)/)
    olga.type('device dome {')
    await olga.until(/\.\.\. $/)
    expect(await olga.ask('')).toMatch(/^error: a bracket or a quotation is still open/)
    expect(await olga.ask('why now')).toMatch(/^error: the journal has no event now/)
    expect(await olga.ask('stream agent-nobody')).toMatch(/^error: there is no stream agent-nobody/)
  })

  it('K12 looks around: the night, agents, read models, streams, causes, what runs', async () => {
    registry.register({
      id: 'planner',
      kind: 'agent',
      links: [],
      look: () => ({ state: 'up', inbox: { waiting: 1, capacity: 64 }, handled: 3 }),
    })
    using olga = await person()
    await olga.until(/^>>> $/)
    expect(await olga.ask('night')).toMatch(
      /waiting for the evening[\s\S]*night of \d{4}-\d\d-\d\d, .*mode automatic/,
    )
    expect(await olga.ask('agents')).toMatch(/^planner +ACTIVE +host-1 +0 restarts/)
    expect(await olga.ask('agent planner')).toMatch(
      /^planner is ACTIVE since .*\ninbox: 1 of 64 waiting\n.*AgentClaimed: planner is run by host-1/,
    )
    expect(await olga.ask('agent nobody')).toMatch(/^error: there is no agent nobody; there are planner/)
    expect(await olga.ask('models')).toMatch(/weatherwatch +live/)
    const stream = await olga.ask('stream agent-planner 1')
    expect(stream).toMatch(/^2 {2}\S+Z {2}[0-9a-f-]{36} {2}AgentActivated: planner is at work\n$/)
    const [id] = stream.match(/[0-9a-f-]{36}/) ?? []
    expect(await olga.ask(`why ${id}`)).toMatch(/AgentActivated: planner is at work/)
    expect(await olga.ask('graph')).toMatch(/^planner +agent +up +1\/64 +3 handled/)
    expect(await olga.ask('ping planner')).toMatch(/^pong after \d+ ms\n{"agent":"planner"/)
    expect(await olga.ask('ping majordome')).toMatch(/^error: SENDER_NOT_CONNECTED: majordome is not there/)
  })

  it('K13 what changes something is an event with the name of who did it', async () => {
    using olga = await person()
    await olga.until(/^>>> $/)
    expect(await olga.ask('mode manual')).toMatch(/^error: say why/)
    expect(await olga.ask('mode idle for fun')).toMatch(/^error: a mode is automatic, manual, engineering/)
    expect(await olga.ask('device dome open')).toMatch(/^error: refused \(refused_in_automatic\)/)
    expect(await olga.ask('mode manual to look at the dome')).toBe('manual mode, on record in your name\n')
    expect(await olga.ask('mode manual again')).toBe('it is in manual mode already\n')
    const ordered = await olga.ask('device dome close')
    const [conversation] = ordered.match(/[0-9a-f-]{36}/) ?? []
    const actors: string[] = []
    const night = (await olga.ask('night')).match(/night of (\S+),/)?.[1]
    for (const stream of [`night-${site.id}-${night}`]) {
      for await (const { type, metadata } of log.store.readBackwards(stream))
        if (type === 'ControlModeChanged') actors.push(`${metadata.actor.kind}:${metadata.actor.id}`)
    }
    expect(actors).toEqual(['user:olga'])
    expect(conversation).toBeDefined()
  })

  it('K16 writes a note, which whoever follows reads', async () => {
    using olga = await person()
    using other = await person()
    await Promise.all([olga, other].map((one) => one.until(/^>>> $/)))
    expect(await olga.ask('note')).toMatch(/^error: say something/)
    other.type('follow #note')
    await expect.poll(() => parts.hub.router.listeners).toBe(1)
    expect(await olga.ask('note the seeing is fine')).toBe('written, in your name\n')
    expect(await other.until(/\n/)).toMatch(
      / {2}users {2}\S{36} {2}NightNoteWritten: note: the seeing is fine/,
    )
    await other.ask('')
  })

  it('K14 follows what is said until Enter, and refuses what nobody says', async () => {
    const tell = teller(log.store, `console-${randomUUID()}`)
    using olga = await person()
    await olga.until(/^>>> $/)
    expect(await olga.ask('follow dome:NightOpened')).toMatch(
      /^error: EVENT_UNDECLARED: dome does not declare/,
    )
    olga.type('follow dome:')
    await expect.poll(() => parts.hub.router.listeners).toBe(1)
    await tell(looked('telescope', 1))
    await tell(looked('dome', 2))
    expect(await olga.until(/\n/)).toMatch(
      /^2026-11-21T02:00:00.000Z {2}dome {2}\S{36} {2}DeviceStatusRecorded: /,
    )
    expect(await olga.ask('')).toBe('')
    expect(parts.hub.router.listeners).toBe(0)
  })

  it('does one command, or all that is piped in, and ends', async () => {
    using one = await person({ wants: 'console', as: 'olga', prompts: false, once: 'agent planner' })
    expect(await one.until(/AgentActivated/)).toMatch(/^planner is ACTIVE/)
    await once(one.socket, 'close')
    using wrong = await person({ wants: 'console', as: 'olga', prompts: false, once: 'agent nobody' })
    expect(await wrong.until(/nobody;.*\n/)).toMatch(/^error: there is no agent nobody/)
    using piped = await person({ wants: 'console', as: 'olga', prompts: false })
    piped.socket.end('ping planner\nfollow\nnight\n')
    expect(await piped.until(/mode /)).toMatch(/^pong after[\s\S]*night of/)
    await once(piped.socket, 'close')
  })

  it('K13 is for the owner of the data folder alone, and for one process', async () => {
    const modeOf = async (file: string) => (await stat(file)).mode & 0o777
    expect(await modeOf(path.dirname(desk.address))).toBe(0o700)
    expect(await modeOf(desk.address)).toBe(0o600)
    await expect(startConsole(folder.path, parts)).rejects.toThrow(ConsoleTaken)
    const long = path.join(folder.path, 'x'.repeat(100))
    const far = await startConsole(long, parts)
    expect(await modeOf(path.dirname(far.address))).toBe(0o700)
    await far.close()
    const left = path.join(folder.path, 'left')
    const before = await startConsole(left, parts)
    await before.close()
    // What a killed process leaves behind.
    await writeFile(before.address, '')
    const after = await startConsole(left, parts)
    await after.close()
  })

  it('K11 introspection draws what runs, then only what changes', async () => {
    using looker = await person({ wants: 'introspection' })
    expect(await looker.until(/ADD LINK/)).toMatch(
      /^DEL ALL\nADD NODE "planner" "planner" randompos component\n/,
    )
    const leave = registry.register({ id: 'late', kind: 'part', links: [], look: () => ({ state: 'up' }) })
    expect(await looker.until(/late/)).toBe('ADD NODE "late" "late" randompos component\n')
    leave()
    expect(await looker.until(/late/)).toBe('DEL NODE "late"\n')
  })

  it('tells a stranger that it is no console client', async () => {
    const socket = connect(desk.address).setEncoding('utf8')
    socket.write('GET / HTTP/1.1\n')
    const [text] = await once(socket, 'data')
    expect(text).toMatch(/^error: the first line is no hello of a console/)
  })
})
