import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { useGate } from '#api/auth/gate.ts'
import type { Access } from '#api/auth/identify.ts'
import { onlookerRoutes } from '#api/auth/onlooker.ts'
import { passwordRoutes } from '#api/auth/password-routes.ts'
import { sessionRoutes } from '#api/auth/session-routes.ts'
import { tokenRoutes } from '#api/auth/token-routes.ts'
import type { Health } from '#api/health.ts'
import { type LiveParts, liveRoutes } from '#api/live/live.ts'
import { replayRoutes } from '#api/live/replay.ts'
import type { People } from '#api/people.ts'
import { pageRoutes } from '#api/web/serve.ts'
import type { Graph } from '#commands/agents/registry.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import type { AsOf } from '#projections/engine/as-of/as-of.ts'
import type { EventReader } from '#projections/journal/event-reader.ts'
import type { ReadModels } from '#projections/read-database.ts'
import { type AlertCommandParts, alertCommandRoutes } from './alert-commands.ts'
import { alertRoutes } from './alerts.ts'
import { useConditionalAnswers } from './conditional.ts'
import { type DeviceRoutesParts, deviceRoutes } from './devices.ts'
import { environmentRoutes } from './environment.ts'
import { eventRoutes } from './events.ts'
import { healthRoutes } from './health.ts'
import { imageRoutes } from './images.ts'
import { journalRoutes } from './journal.ts'
import { docsSecurityPolicy, useManners } from './manners.ts'
import { type Metrics, metricsRoutes } from './metrics.ts'
import { makeReadAt } from './moment.ts'
import { type NightRouteParts, nightNowRoutes } from './night.ts'
import { nightRoutes } from './nights.ts'
import { noteRoutes } from './notes.ts'
import { noticeRoutes } from './notices.ts'
import { describedApi } from './openapi.ts'
import { type PartRouteParts, partRoutes } from './operation/parts.ts'
import { type PlcRouteParts, plcRoutes } from './operation/plc.ts'
import { type QueueRouteParts, queueRoutes } from './operation/queues.ts'
import { useProblems } from './problem.ts'
import { programmeCommandRoutes } from './programme-commands.ts'
import { programmeRoutes } from './programmes.ts'
import { type ProjectionRoutesParts, projectionRoutes } from './projections.ts'
import { quotaRoutes } from './quotas.ts'
import { type RequestCommandParts, requestCommandRoutes } from './requests/commands.ts'
import { requestRoutes } from './requests.ts'
import { scheduleRoutes } from './schedule.ts'
import { scheduleAskRoutes } from './schedule-asks.ts'
import { scheduleExportRoutes } from './schedule-exports.ts'
import { sequenceRoutes } from './sequences.ts'
import { type SiteParts, siteRoutes } from './site.ts'
import { sitewatchRoutes } from './sitewatch.ts'
import { systemRoutes } from './system.ts'
import { userCommandRoutes } from './user-commands.ts'
import { userRoutes } from './users.ts'
import { visibilityRoutes } from './visibility.ts'
import { weatherwatchRoutes } from './weatherwatch.ts'
import { type JudgeAnew, whatIfRoutes } from './what-if.ts'
import { whyNotRoutes } from './why-not.ts'

export type ServerParts = {
  readonly db: ReadModels
  /** Who is let in. */
  readonly access: Access
  /** Proxies whose word is taken for where a request comes from, as addresses or networks. */
  readonly trustedProxies?: readonly string[]
  /** The past of the read models; without it they answer as of now only. */
  readonly asOf?: AsOf
  /** Without them rebuilds are asked for elsewhere. */
  readonly projections?: Omit<ProjectionRoutesParts, 'clock'>
  /** Without it there is no what-if here. */
  readonly judgeAnew?: JudgeAnew
  /** Without it alerts are only shown here. */
  readonly alerts?: Pick<AlertCommandParts, 'store' | 'receive'>
  /** Without it nothing about people is read or written here. */
  readonly people?: People
  /** Where requests are handed in; without it they are only shown. */
  readonly requests?: Pick<RequestCommandParts, 'desk' | 'instrument'>
  /** Takes what people tell devices; without it devices are only shown. */
  readonly orderDevice?: NonNullable<DeviceRoutesParts['order']>
  /** Where images lie; without it there are none here. */
  readonly dataDir?: string
  /** Without it no notices are taken here. */
  readonly noticeSink?: NoticeSink
  /** Without it the control mode is only shown here. */
  readonly commandNight?: NightRouteParts['commandNight']
  readonly site: Site
  /** What people do at the controls; without it they only look. */
  readonly operation?: Omit<PartRouteParts & PlcRouteParts & QueueRouteParts, 'clock' | 'site'>
  /** What else is told of the site. */
  readonly about?: Omit<SiteParts, 'site'>
  /** The log, for what the read models leave out. */
  readonly events: EventReader
  /** Where people's asks are put on record; without it there are none here. */
  readonly store?: EventStore
  readonly clock: Clock
  readonly health: () => Promise<Health>
  /** What happens as it happens; without it there are no live streams here. */
  readonly live?: LiveParts
  /** What runs in this process; without it nobody can look. */
  readonly graph?: () => Graph
  readonly metrics: Metrics
  readonly logger: FastifyBaseLogger
}

/** Bytes of a body where its route does not say otherwise; the largest, a strategy, has a tenth of it. */
const bodyLimit = 64 * 1024

/** The HTTP server, ready to listen. */
export const makeServer = async ({
  db,
  access,
  trustedProxies = [],
  asOf,
  projections,
  alerts,
  people,
  site,
  about,
  operation,
  judgeAnew,
  commandNight,
  orderDevice,
  dataDir,
  requests,
  noticeSink,
  events,
  store,
  clock,
  health,
  live,
  graph,
  metrics,
  logger,
}: ServerParts): Promise<FastifyInstance> => {
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    bodyLimit,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  useProblems(app)
  await useManners(app)
  useGate(app, access)
  useConditionalAnswers(app)
  // What time it is at the observatory, which may be a simulated one: the page goes by it.
  app.addHook('onRequest', async (_, reply) => {
    reply.header('date', new Date(clock.now()).toUTCString())
  })
  app.addHook('onResponse', async (request, reply) => {
    metrics.observeRequest(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime / 1000)
  })
  await app.register(swagger, describedApi)
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: docsSecurityPolicy })
  const readAt = makeReadAt(db, asOf ?? null, clock)
  if (access.accounts) {
    const { accounts, demo } = access
    await app.register(sessionRoutes, { accounts, demo })
    await app.register(tokenRoutes, { accounts })
    await app.register(passwordRoutes, { accounts })
  } else if (access.demo) await app.register(onlookerRoutes)
  await app.register(metricsRoutes, { metrics, health })
  await app.register(healthRoutes, { health })
  await app.register(systemRoutes, { readAt, ...(graph ? { graph } : {}) })
  await app.register(siteRoutes, { site, ...about })
  if (operation) {
    await app.register(partRoutes, { ...operation, clock, site })
    await app.register(plcRoutes, { ...operation, clock, site })
    await app.register(queueRoutes, { ...operation, clock, site })
    if (store) await app.register(noteRoutes, { store, record: operation.record, clock, site })
  }
  await app.register(weatherwatchRoutes, { readAt })
  await app.register(sitewatchRoutes, { readAt })
  await app.register(deviceRoutes, { readAt, site, clock, ...(orderDevice ? { order: orderDevice } : {}) })
  if (dataDir !== undefined) await app.register(imageRoutes, { readAt, dataDir })
  await app.register(environmentRoutes, { readAt, site: site.id })
  await app.register(alertRoutes, { readAt })
  if (alerts) await app.register(alertCommandRoutes, { db, ...alerts, clock, site })
  await app.register(requestRoutes, { readAt })
  await app.register(sequenceRoutes, { readAt })
  if (requests) await app.register(requestCommandRoutes, { ...requests, site, clock })
  await app.register(scheduleRoutes, { readAt, site, clock })
  if (store) await app.register(scheduleAskRoutes, { readAt, store, site, clock })
  await app.register(scheduleExportRoutes, { readAt, site })
  await app.register(whyNotRoutes, { readAt, site })
  await app.register(visibilityRoutes, { site, clock })
  if (judgeAnew) await app.register(whatIfRoutes, { judgeAnew })
  if (projections) await app.register(projectionRoutes, { ...projections, clock })
  if (people) {
    const users = access.accounts?.users ?? people.users
    const parts = { ...people, users, readAt, clock, site }
    await app.register(userRoutes, parts)
    await app.register(userCommandRoutes, parts)
    await app.register(programmeRoutes, parts)
    await app.register(programmeCommandRoutes, parts)
    await app.register(quotaRoutes, parts)
  }
  if (noticeSink) await app.register(noticeRoutes, { sink: noticeSink, clock })
  await app.register(journalRoutes, { readAt })
  await app.register(eventRoutes, { readAt, events })
  await app.register(nightNowRoutes, { readAt, site, clock, ...(commandNight ? { commandNight } : {}) })
  await app.register(nightRoutes, { db, events, site, clock })
  await app.register(replayRoutes, { db, events, site, clock })
  if (live) await app.register(liveRoutes, { ...live, access })
  const open = { config: { right: 'anyone' }, schema: { hide: true } } as const
  app.get('/api/openapi.json', open, async () => app.swagger())
  if (dataDir !== undefined) await app.register(pageRoutes, { dataDir })
  return app
}
