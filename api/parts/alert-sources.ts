import { systemClock } from '#adapters/clock.ts'
import { accessTokens } from '#adapters/gcn-kafka/access-token.ts'
import { gcnKafka } from '#adapters/gcn-kafka/gcn-kafka.ts'
import { watchedFolder } from '#adapters/notice-folder/watched-folder.ts'
import { readNotice } from '#adapters/read-notice.ts'
import { vtpAuthorPort } from '#adapters/vtp/author-port.ts'
import type { VtpAddress } from '#adapters/vtp/connect.ts'
import { vtpSubscriber } from '#adapters/vtp/subscriber.ts'
import type { Config } from '#api/config.ts'
import type { AlertSource } from '#commands/alerts/sources/alert-source.ts'
import type { NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import { patientSink } from '#commands/alerts/sources/patient-sink.ts'
import { runSources } from '#commands/alerts/sources/run-sources.ts'
import { seeded } from '#domain/planning/search/random.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Part, PartStatus } from './part.ts'

export type AlertSourcesOptions = {
  readonly config: Config
  readonly sink: NoticeSink
  /** Its notices are marked as simulated. */
  readonly simulatedBroker: VtpAddress | null
  readonly say: (line: string) => void
  readonly clock?: Clock
}

export type AlertSourcesPart = Part & {
  /** Of each source by itself. */
  statuses(): PartStatus[]
}

type Surroundings = AlertSourcesOptions & { readonly clock: Clock; readonly signal: AbortSignal }

/** A broker sends nothing twice, so its notices wait here for a log that is away. */
const patient = (sink: NoticeSink, { clock, signal, say }: Surroundings): NoticeSink => {
  let told = false
  const waiting = patientSink(sink, {
    read: readNotice,
    clock,
    signal,
    onWait: (error) => {
      if (!told) say(`a notice waits for the log: ${error.message}`)
      told = true
    },
  })
  return async (arrival) => {
    const reception = await waiting(arrival)
    told = false
    return reception
  }
}

const simulated =
  (sink: NoticeSink): NoticeSink =>
  (arrival) =>
    sink({ ...arrival, simulated: true })

const brokersOf = (parts: Surroundings): AlertSource[] => {
  const { config, simulatedBroker, sink, clock, say } = parts
  const follow = (broker: VtpAddress, into: NoticeSink, n: number) =>
    vtpSubscriber({
      broker,
      ivorn: config.ALERT_IVORN,
      sink: patient(into, parts),
      clock,
      random: seeded(process.pid * 100 + n),
      say,
    })
  const real = (config.ALERT_BROKERS ?? []).map((broker, n) => follow(broker, sink, n))
  return simulatedBroker ? [...real, follow(simulatedBroker, simulated(sink), real.length)] : real
}

const gcnOf = ({ config, sink, clock, say }: Surroundings): AlertSource | null => {
  const { GCN_CLIENT_ID: clientId, GCN_CLIENT_SECRET: clientSecret, GCN_TOKEN_URL: url } = config
  if (clientId === undefined || clientSecret === undefined) return null
  return gcnKafka({
    brokers: config.GCN_BROKERS,
    group: config.GCN_GROUP,
    topics: config.GCN_TOPICS,
    tls: config.GCN_TLS === 'on',
    token: accessTokens({ url, clientId, clientSecret, clock }),
    sink,
    clock,
    random: seeded(process.pid * 100 + 99),
    say,
  })
}

const sourcesOf = (parts: Surroundings): AlertSource[] => {
  const { config, sink, clock, say } = parts
  const sources = brokersOf(parts)
  const { HOST: host, ALERT_AUTHOR_PORT: port, ALERT_AUTHORS: allowed, ALERT_IVORN: ivorn } = config
  if (port !== undefined)
    sources.push(vtpAuthorPort({ listen: { host, port }, allowed, ivorn, sink, clock, say }))
  if (config.ALERT_FOLDER !== undefined)
    sources.push(watchedFolder({ folder: config.ALERT_FOLDER, sink, clock, say }))
  const gcn = gcnOf(parts)
  return gcn ? [...sources, gcn] : sources
}

const shown = (source: AlertSource): PartStatus => {
  const { name, state, detail, notices } = source.status()
  return { name, state: state === 'connecting' ? 'starting' : state, detail: `${detail}, ${notices} notices` }
}

/** Everything that notices come from, each running by itself. */
export const startAlertSources = (options: AlertSourcesOptions): AlertSourcesPart => {
  const stopping = new AbortController()
  const { clock = systemClock, say } = options
  const sources = sourcesOf({ ...options, clock, signal: stopping.signal })
  const onFailure = (source: AlertSource, error: unknown) =>
    say(`${source.status().name} failed: ${error instanceof Error ? error.message : error}`)
  const running = runSources(sources, { clock, onFailure }, stopping.signal)
  const statuses = () => sources.map(shown)

  return {
    statuses,
    status: () => {
      const down = statuses().filter(({ state }) => state === 'down').length
      const detail = `${sources.length} sources${down > 0 ? `, ${down} down` : ''}`
      return { name: 'alert sources', state: down > 0 && down === sources.length ? 'down' : 'up', detail }
    },
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}
