import type { FastifyDynamicSwaggerOptions, SwaggerTransform, SwaggerTransformObject } from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { RouteRight } from '#api/auth/gate.ts'
import { rightMeanings } from '#domain/people/rights.ts'
import { withExamples } from './examples.ts'
import { problemSchema } from './problem.ts'
import { problemCodes } from './problem-codes.ts'

const codes = Object.entries(problemCodes)
  .map(([code, meaning]) => `- \`${code}\`: ${meaning}`)
  .join('\n')

const openapi: NonNullable<FastifyDynamicSwaggerOptions['openapi']> = {
  openapi: '3.1.0',
  info: {
    title: 'Noctuary',
    description: `The event-sourced backend of a robotic observatory. Times are UTC; units are in the descriptions.

What cannot be answered is answered with problem+json (RFC 9457) and one of these codes:

${codes}`,
    version: '0.1.0',
  },
  tags: [
    { name: 'environment', description: 'Weather, the inside, and whether the roof may open' },
    { name: 'alerts', description: 'Notices from the sky, and what is done about them' },
    { name: 'requests', description: 'What is asked for, and how each of it stands' },
    {
      name: 'devices',
      description: 'Telescope, dome, cameras: how they are, what they were told, what came of it',
    },
    { name: 'planning', description: 'What is to be observed when, and why not' },
    { name: 'nights', description: 'Nights gone by' },
    { name: 'people', description: 'Users, scientific programmes and their quotas of time' },
    { name: 'live', description: 'What happens, as it happens, and who can be heard and asked' },
    { name: 'audit', description: 'Every event on record, what led to it and what came of it' },
    { name: 'operation', description: 'How the system itself is' },
  ],
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', description: 'a token: POST /api/tokens' },
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: 'noctuary_session',
        description: 'from POST /api/session; writing also needs the header x-noctuary-csrf: 1',
      },
    },
  },
}

const needs = (right: RouteRight): string => {
  if (right === 'anyone') return 'For anyone.'
  if (right === 'signed-in') return 'For people who are signed in, and programs on this machine.'
  return `Needs the right \`${right}\`: ${rightMeanings[right]}.`
}

/** What every route may answer beside its own. */
const refusals = (right: RouteRight) => ({
  ...(right === 'anyone' ? {} : { 401: problemSchema, 403: problemSchema }),
  429: problemSchema,
  default: problemSchema,
})

const asProblem = {
  description: 'a problem; its code says which',
  content: { 'application/problem+json': { schema: problemSchema } },
}

/** Problems in their own media type, as they are sent. */
const answersOf = (right: RouteRight, own: unknown): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries({ ...refusals(right), ...Object(own) }).map(([status, schema]) => [
      status,
      schema === problemSchema ? asProblem : schema,
    ]),
  )

/** A route says in the description what it needs, and what it may be refused with. */
const transform: SwaggerTransform = (given) => {
  const { schema, route } = given
  const right = route.config?.right
  if (!schema || schema.hide || right === undefined) return jsonSchemaTransform(given)
  const description = [schema.description, needs(right)].filter(Boolean).join('\n\n')
  const security = right === 'anyone' ? [] : [{ bearer: [] }, { session: [] }]
  const response = answersOf(right, schema.response)
  return jsonSchemaTransform({ ...given, schema: { ...schema, description, security, response } })
}

const transformObject: SwaggerTransformObject = (given) => withExamples(jsonSchemaTransformObject(given))

/** How the API describes itself, in OpenAPI 3.1, out of what the routes say. */
export const describedApi: FastifyDynamicSwaggerOptions = { openapi, transform, transformObject }
