import { z } from 'zod'
import { apiAddress, askApi, tellApi } from '../ask-api.ts'
import { columns } from '../columns.ts'
import { printable } from '../printable.ts'

type Options = { readonly url?: string; readonly json?: boolean }

const say = (text: string): void => void process.stdout.write(`${text}\n`)

const ask = async (path: string, { url }: Options): Promise<unknown> =>
  (await askApi(apiAddress(url), path)).json()

const sayJson = (answer: unknown): void => say(JSON.stringify(answer, null, 2))

const alertSchema = z.object({
  trigger: z.string(),
  received_at: z.string(),
  ra_deg: z.number().nullable(),
  dec_deg: z.number().nullable(),
  error_deg: z.number().nullable(),
  state: z.string(),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
  request_state: z.string(),
  cancelled: z.boolean(),
})
const listSchema = z.object({ items: z.array(alertSchema.extend({ observations: z.number().nullable() })) })

const degrees = (value: number | null): string => (value === null ? '-' : value.toFixed(3))

export const listAlerts = async ({
  limit,
  night,
  ...options
}: Options & { limit: string; night?: string }) => {
  const query = new URLSearchParams({ limit, ...(night ? { night } : {}) })
  const answer = await ask(`/api/alerts?${query}`, options)
  if (options.json) return sayJson(answer)
  const rows = listSchema
    .parse(answer)
    .items.map((alert) => [
      alert.received_at.slice(0, 19),
      printable(alert.trigger),
      degrees(alert.ra_deg),
      degrees(alert.dec_deg),
      degrees(alert.error_deg),
      alert.cancelled ? 'cancelled' : alert.state,
      alert.outcome ?? '-',
      alert.request_state,
      `${alert.observations ?? 0}`,
    ])
  const head = ['received', 'alert', 'RA', 'Dec', 'error', 'state', 'verdict', 'request', 'observations']
  say(rows.length === 0 ? 'no alerts' : columns([head, ...rows]))
}

const latencySchema = z.record(z.string(), z.number().nullable())
const detailSchema = z.object({
  alert: alertSchema,
  steps: z.array(z.object({ at: z.string(), summary: z.string() })),
  observations: z.array(
    z.object({
      sequence_id: z.string(),
      attempt: z.number(),
      state: z.string(),
      started_at: z.string().nullable(),
      images_taken: z.number().nullable(),
      images_expected: z.number().nullable(),
    }),
  ),
  latencyMs: latencySchema,
})
type Detail = z.output<typeof detailSchema>

const latencyText = (latencyMs: Detail['latencyMs']): string =>
  Object.entries(latencyMs)
    .map(([step, ms]) => `${step} ${ms === null ? '-' : `${ms} ms`}`)
    .join(', ')

const observationText = (one: Detail['observations'][number]): string =>
  `${one.started_at ?? '-'}  observation ${printable(one.sequence_id)}, attempt ${one.attempt}: ${one.state}, ` +
  `${one.images_taken ?? 0} of ${one.images_expected ?? '?'} images`

export const showAlert = async (trigger: string, options: Options): Promise<void> => {
  const answer = await ask(`/api/alerts/${encodeURIComponent(trigger)}`, options)
  if (options.json) return sayJson(answer)
  const { alert, steps, observations, latencyMs } = detailSchema.parse(answer)
  say(`${printable(alert.trigger)}: ${alert.outcome ?? 'not judged'}: ${alert.reason ?? 'no reason'}`)
  for (const { at, summary } of steps) say(`${at}  ${printable(summary)}`)
  for (const one of observations) say(observationText(one))
  say(`from the notice: ${latencyText(latencyMs)}`)
}

const strategiesSchema = z.object({
  items: z.array(
    z.object({
      strategyVersion: z.number(),
      strategy: z.object({
        name: z.string(),
        enabled: z.boolean(),
        order: z.number(),
        description: z.string(),
        match: z.object({ missions: z.array(z.string()) }),
      }),
    }),
  ),
})

export const listStrategies = async (options: Options): Promise<void> => {
  const answer = await ask('/api/alerts/strategies', options)
  if (options.json) return sayJson(answer)
  const rows = strategiesSchema
    .parse(answer)
    .items.toSorted((a, b) => a.strategy.order - b.strategy.order)
    .map(({ strategy, strategyVersion }) => [
      `${strategy.order}`,
      strategy.name,
      `${strategyVersion}`,
      strategy.enabled ? 'on' : 'off',
      strategy.match.missions.join(' '),
      strategy.description,
    ])
  say(columns([['order', 'strategy', 'version', '', 'missions', ''], ...rows]))
}

type Place = { readonly ra: number; readonly dec: number; readonly error: number }

export const fakeAlert = async ({ ra, dec, error, ...options }: Options & Place): Promise<void> => {
  const body = { raDeg: ra, decDeg: dec, errorDeg: error }
  const answer = await tellApi(apiAddress(options.url), 'POST', '/api/alerts/fake', body)
  if (options.json) return sayJson(answer)
  say(z.object({ trigger: z.string() }).parse(answer).trigger)
}

export const cancelAlert = async (trigger: string, { why, ...options }: Options & { why?: string }) => {
  const path = `/api/alerts/${encodeURIComponent(trigger)}/cancel`
  const answer = await tellApi(apiAddress(options.url), 'POST', path, why === undefined ? {} : { why })
  if (options.json) return sayJson(answer)
  const { cancelled } = z.object({ cancelled: z.boolean() }).parse(answer)
  say(cancelled ? 'cancelled' : 'it was cancelled before')
}
