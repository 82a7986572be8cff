import type { FastifyPluginAsync } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Health } from '#api/health.ts'

/** What Prometheus scrapes. One registry a server, so that two in one process do not mix. */
export type Metrics = {
  readonly registry: Registry
  countPoll(outcome: 'recorded' | 'not-recorded'): void
  observeRequest(route: string, status: number, seconds: number): void
  show(health: Health): void
}

export const makeMetrics = (): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const polls = new Counter({
    name: 'noctuary_polls_total',
    help: 'Polls of the PLC by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const requests = new Histogram({
    name: 'noctuary_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2],
    registers,
  })
  const up = new Gauge({
    name: 'noctuary_part_up',
    help: '1 while a part is up',
    labelNames: ['part'],
    registers,
  })
  const running = new Gauge({
    name: 'noctuary_projection_running',
    help: '1 while live or standby',
    labelNames: ['projection'],
    registers,
  })
  const position = new Gauge({
    name: 'noctuary_projection_position',
    help: 'Commit position reached',
    labelNames: ['projection'],
    registers,
  })
  const events = new Gauge({
    name: 'noctuary_projection_events',
    help: 'Events projected since the beginning',
    labelNames: ['projection'],
    registers,
  })
  const lag = new Gauge({
    name: 'noctuary_projection_lag_seconds',
    help: 'Age of the newest projected event while behind',
    labelNames: ['projection'],
    registers,
  })
  const lagEvents = new Gauge({
    name: 'noctuary_projection_lag_events',
    help: 'Events still to be projected, judged by those so far',
    labelNames: ['projection'],
    registers,
  })
  const standing = new Gauge({
    name: 'noctuary_projection_standing',
    help: '1 while it stands still though there is work',
    labelNames: ['projection'],
    registers,
  })
  return {
    registry,
    countPoll: (outcome) => polls.inc({ outcome }),
    observeRequest: (route, status, seconds) => requests.observe({ route, status }, seconds),
    show: ({ parts, projections }) => {
      for (const { name, state } of parts) up.set({ part: name }, state === 'up' ? 1 : 0)
      for (const projection of projections) {
        const labels = { projection: projection.name }
        running.set(labels, projection.state === 'live' || projection.state === 'standby' ? 1 : 0)
        position.set(labels, Number(projection.position))
        events.set(labels, projection.events)
        standing.set(labels, projection.standingSince === null ? 0 : 1)
        if (projection.lagEvents !== null) lagEvents.set(labels, projection.lagEvents)
        if (projection.lagSeconds !== null) lag.set(labels, projection.lagSeconds)
      }
    },
  }
}

export const metricsRoutes: FastifyPluginAsync<{ metrics: Metrics; health: () => Promise<Health> }> = async (
  app,
  { metrics, health },
) => {
  app.get(
    '/metrics',
    { config: { right: 'read' }, schema: { summary: 'Prometheus metrics', tags: ['operation'] } },
    async (_, reply) => {
      metrics.show(await health())
      return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
    },
  )
}
