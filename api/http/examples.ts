import { defaultStrategies } from '#domain/alerts/default-strategies.ts'

type Json = Readonly<Record<string, unknown>>

const crab: Json = {
  name: 'Crab pulsar',
  programme: 'survey',
  sequences: [
    {
      name: 'in r',
      target: { ra: '05:34:31.9', dec: '+22:00:52' },
      constraints: { maxAirmass: 1.8 },
      albums: [{ detector: 'visible', plans: [{ filter: 'r', exposureS: 60, images: 10 }] }],
    },
  ],
}

const [strategy] = defaultStrategies

/** Bodies that are taken as they stand, by operation. */
export const bodyExamples: Readonly<Record<string, Json>> = {
  'POST /api/session': { user: 'ana', password: 'a sentence is a good password' },
  'POST /api/session/first-admin': {
    code: 'Jx0qk3…',
    user: 'ana',
    password: 'a sentence is a good password',
  },
  'PUT /api/session/password': {
    old: 'a sentence is a good password',
    password: 'another sentence is as good',
  },
  'POST /api/tokens': { name: 'weather page', scopes: ['read'] },
  'PUT /api/users/{userId}/password': { password: 'a sentence is a good password' },
  'POST /api/users': {
    id: 'ana',
    displayName: 'Ana Pérez',
    email: 'ana@example.org',
    country: 'mx',
    level: 1,
    roles: ['observer'],
  },
  'PUT /api/users/{userId}/profile': { displayName: 'Ana Pérez', email: 'ana@example.org' },
  'POST /api/programmes': { id: 'survey', title: 'Transients', leaderId: 'ana', memberIds: ['bob'] },
  'PUT /api/programmes/{programmeId}/members': { leaderId: 'ana', memberIds: ['bob'] },
  'POST /api/quotas': {
    level: 'programme',
    id: 'survey',
    period: '2026B',
    seconds: 36_000,
    why: 'allocation',
  },
  'POST /api/requests': crab,
  'PUT /api/requests/{id}': crab,
  'POST /api/schedule': { keep: true, why: 'the seeing is better' },
  'POST /api/devices/{name}/commands': { name: 'close', parameters: {} },
  'POST /api/nights/{night}/notes': { text: 'the seeing is better than forecast' },
  'POST /api/night/mode': { mode: 'manual', why: 'looking at the mirror' },
  'POST /api/agents/{name}/requests/{request}': { params: {}, timeoutS: 15 },
  'POST /api/alerts/{trigger}/cancel': { why: 'a satellite' },
  'POST /api/environment/fake-alarm': { rainMmH: 5, forS: 60, why: 'to see what happens' },
  'POST /api/system/parts/{name}/{order}': { why: 'it is to read its settings anew' },
  'POST /api/alerts/fake': { raDeg: 83.6, decDeg: 22 },
  ...(strategy ? { 'POST /api/alerts/strategies': strategy } : {}),
  'POST /api/projections/{name}/rebuild': { hold: true },
}

/** By a parameter's name, whatever it is of. */
const parameterExamples: Json = {
  night: '2026-11-20',
  version: 3,
  userId: 'ana',
  programmeId: 'survey',
  trigger: 'swift-1234567',
  role: 'observer',
  period: '2026B',
  level: 'programme',
  at: '2026-11-21T03:12:00Z',
  position: '123456',
  'min-position': '123456',
  'idempotency-key': 'crab-1',
  'if-match': '"3"',
  limit: 50,
}

const problemExample = {
  type: 'about:blank',
  title: 'The request is not valid',
  status: 400,
  code: 'invalid_request',
  detail: 'querystring/limit: Too big: expected number to be <=1000',
  errors: [{ path: 'querystring/limit', message: 'Too big: expected number to be <=1000' }],
}

const isObject = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !Array.isArray(given)

const inObject = (given: unknown, key: string): Record<string, unknown> => {
  const found = isObject(given) ? given[key] : undefined
  return isObject(found) ? found : {}
}

const shownParameters = (operation: Json): void => {
  const { parameters } = operation
  if (!Array.isArray(parameters)) return
  for (const parameter of parameters) {
    const example = isObject(parameter) ? parameterExamples[String(parameter['name'])] : undefined
    if (isObject(parameter) && example !== undefined) parameter['example'] = example
  }
}

const shownBody = (operation: Json, name: string): void => {
  const example = bodyExamples[name]
  const json = inObject(inObject(operation['requestBody'], 'content'), 'application/json')
  if (example !== undefined && Object.keys(json).length > 0) json['example'] = example
}

/** The description with an example wherever one is known; changes what it is given. */
export const withExamples = <Document extends object>(document: Document): Document => {
  const whole: unknown = document
  const paths = inObject(whole, 'paths')
  for (const [url, operations] of Object.entries(paths))
    for (const method of isObject(operations) ? Object.keys(operations) : []) {
      const operation = inObject(operations, method)
      shownParameters(operation)
      shownBody(operation, `${method.toUpperCase()} ${url}`)
    }
  const problem = inObject(inObject(inObject(whole, 'components'), 'schemas'), 'Problem')
  if (Object.keys(problem).length > 0) problem['examples'] = [problemExample]
  return document
}
