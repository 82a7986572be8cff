import { pino } from 'pino'
import { VirtualClock } from '#adapters/virtual-clock.ts'
import { healthOf } from '#api/health.ts'
import { makeMetrics } from '#api/http/metrics.ts'
import { makeServer } from '#api/http/server.ts'
import { peopleOn } from '#api/people.ts'
import type { ProposedEvent } from '#commands/event-store.ts'
import { requestDesk } from '#commands/requests/request-desk.ts'
import { colibri } from '#domain/requests/instrument.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { epochMsOf, instantOf } from '#domain/shared/time.ts'
import { readModels } from '#projections/read-database.ts'
import { requests } from '#projections/requests/projection.ts'
import { sequences } from '#projections/sequences/projection.ts'
import { actingFor, localAccess } from '#test/support/access.ts'
import { freshEventStore } from './event-store.ts'
import { freshDatabase } from './postgres.ts'
import { submissionAt } from './requests.ts'
import { startRunning } from './running-projections.ts'

/** The API's requests on a real log and a real database, at an early hour of a night. */
export const startRequestsApi = async () => {
  await using starting = new AsyncDisposableStack()
  const log = starting.use(await freshEventStore())
  let last = 0n
  const store: typeof log.store = {
    ...log.store,
    append: async (...append) => {
      const done = await log.store.append(...append)
      last = done.position.commit
      return done
    },
  }
  const { pool } = starting.use(await freshDatabase())
  const clock = new VirtualClock(epochMsOf(submissionAt))
  const running = starting.use(startRunning([requests, sequences], { pool, feed: store }))
  const observatory = { site: sanPedroMartir, instrument: colibri }
  const server = await makeServer({
    access: localAccess,
    db: readModels(pool),
    people: peopleOn(store, pool, sanPedroMartir.id),
    requests: { desk: requestDesk({ store, observatory }), instrument: colibri },
    site: sanPedroMartir,
    events: store,
    clock,
    health: async () => healthOf([], [], clock),
    metrics: makeMetrics(),
    logger: pino({ level: 'silent' }),
  })
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  starting.defer(() => server.close())

  /** Events of another area, as its own program would write them. */
  const record = async (stream: string, ...events: DomainEvent[]) => {
    const metadata = {
      occurredAt: instantOf(clock.now()),
      correlationId: noctuaryNamespace,
      causationId: noctuaryNamespace,
      actor: { kind: 'program', id: 'test' } as const,
      site: sanPedroMartir.id,
      night: '2026-11-20',
    }
    let revision: bigint | 'none' = 'none'
    for await (const event of store.readBackwards(stream)) {
      revision = event.revision
      break
    }
    const proposed = events.map(
      (event, i): ProposedEvent => ({
        ...event,
        id: uuidFrom(`${revision}/${i}`, uuidFrom(stream, noctuaryNamespace)),
        metadata,
      }),
    )
    await store.append(stream, proposed, revision)
  }
  await record('user-ana', {
    type: 'UserRegistered',
    data: { userId: 'ana', country: 'mx', level: 0, roles: ['observer'] },
  })
  for (const programmeId of ['snr', 'grb'])
    await record(`programme-${programmeId}`, {
      type: 'ProgrammeOpened',
      data: { programmeId, title: 'Remnants', leaderId: 'ana', memberIds: [] },
    })

  const send = async (
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const isText = typeof body === 'string'
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...actingFor('ana'),
        ...(body === undefined ? {} : { 'content-type': isText ? 'application/xml' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    })
    // biome-ignore lint/suspicious/noExplicitAny: an answer may be anything; the test says what it should be.
    const read: any = await answer.json()
    return { status: answer.status, headers: answer.headers, body: read }
  }

  const stack = starting.move()
  return {
    url,
    clock,
    store,
    record,
    send,
    /** Asks when the read models have seen everything. */
    get: async (path: string) => {
      for (const { name } of [requests, sequences])
        await running.until(
          (status) => status.name === name && (status.checkpoint.position?.commit ?? -1n) >= last,
        )
      return send('GET', path)
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
