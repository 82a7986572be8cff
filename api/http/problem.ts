import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import { LogUnavailable } from '#projections/journal/event-reader.ts'
import { NightUnknown } from '#projections/journal/night-events.ts'
import { commandProblem } from './command-problem.ts'
import { type ProblemCode, problemCodes } from './problem-codes.ts'

/** RFC 9457 problem details, with a `code` that never changes for programs to tell them apart. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().meta({ enum: Object.keys(problemCodes) }),
    detail: z.string(),
    errors: z
      .array(z.object({ code: z.string().optional(), path: z.string(), message: z.string() }))
      .optional(),
  })
  .meta({ id: 'Problem' })

export type Problem = z.output<typeof problemSchema>

/** What a handler throws to answer with a problem. */
export class HttpProblem extends Error {
  readonly problem: Problem
  /** Seconds after which to come again; null where that is not said. */
  readonly retryAfterS: number | null
  constructor(
    status: number,
    code: ProblemCode,
    title: string,
    detail: string,
    errors?: NonNullable<Problem['errors']>,
    retryAfterS: number | null = null,
  ) {
    super(detail)
    this.name = 'HttpProblem'
    this.retryAfterS = retryAfterS
    this.problem = { type: 'about:blank', title, status, code, detail, ...(errors ? { errors } : {}) }
  }
}

/** Postgres' codes for text that it cannot keep: U+0000. */
const textNotKept: ReadonlySet<string> = new Set(['22021', '22P05'])

/** Postgres' code for a table that does not exist: the projections have not begun. */
const undefinedTable = '42P01'

const databaseDown = /^(08|57P)|ECONNREFUSED|ECONNRESET|ETIMEDOUT/

const isDatabaseDown = (error: FastifyError): boolean =>
  databaseDown.test(error.code ?? '') ||
  /Connection terminated|timeout exceeded when trying to connect/.test(error.message)

/** What Fastify refuses before any route has its say. */
const transport: Readonly<Record<string, { status: number; code: ProblemCode; title: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'body_too_large', title: 'Too large' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'unsupported_media_type',
    title: 'No such kind of body',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: { status: 400, code: 'invalid_json', title: 'Not JSON' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'body_missing', title: 'No body' },
}

const transportProblem = (error: FastifyError): Problem | null => {
  const known = transport[error.code]
  return known ? { type: 'about:blank', ...known, detail: error.message } : null
}

const problemOf = (error: FastifyError): Problem => {
  if (error instanceof HttpProblem) return error.problem
  const ofCommand = commandProblem(error)
  if (ofCommand) return ofCommand
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, message }) => ({
      path: `${error.validationContext ?? 'request'}${instancePath}`,
      message: message ?? 'is not valid',
    }))
    const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ')
    return {
      type: 'about:blank',
      title: 'The request is not valid',
      status: 400,
      code: 'invalid_request',
      detail,
      errors,
    }
  }
  if (textNotKept.has(error.code ?? '')) {
    const detail = 'Text here has no character U+0000 (%00).'
    return {
      type: 'about:blank',
      title: 'The request is not valid',
      status: 400,
      code: 'invalid_request',
      detail,
    }
  }
  if (isDatabaseDown(error)) {
    const detail = 'Postgres does not answer just now; try again in a moment.'
    return {
      type: 'about:blank',
      title: 'Read models are away',
      status: 503,
      code: 'read_models_unavailable',
      detail,
    }
  }
  if (error instanceof LogUnavailable) {
    const detail = 'The event store does not answer just now; try again in a moment.'
    return { type: 'about:blank', title: 'The log is away', status: 503, code: 'log_unavailable', detail }
  }
  if (error instanceof NightUnknown) {
    const { message: detail } = error
    return { type: 'about:blank', title: 'No such night', status: 404, code: 'night_unknown', detail }
  }
  if (error instanceof UndecodableEvent) {
    const title = 'An event in the log is not known here'
    const detail = `This program ${error.message}. A newer one wrote it; use that.`
    return { type: 'about:blank', title, status: 501, code: 'event_undecodable', detail }
  }
  if (error.code === undefinedTable) {
    const detail = 'This read model is being set up; try again in a moment.'
    return {
      type: 'about:blank',
      title: 'Read model not there yet',
      status: 503,
      code: 'read_model_not_ready',
      detail,
    }
  }
  const ofHttp = transportProblem(error)
  if (ofHttp) return ofHttp
  const status = error.statusCode ?? 500
  if (status < 500)
    return { type: 'about:blank', title: 'Bad request', status, code: 'bad_request', detail: error.message }
  const detail = isResponseSerializationError(error)
    ? 'The answer did not fit its schema: a defect of ours.'
    : 'Something went wrong here; it is in the log.'
  return { type: 'about:blank', title: 'Internal error', status, code: 'internal_error', detail }
}

const send = (reply: FastifyReply, problem: Problem) =>
  reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))

/** Every error leaves as problem+json. */
export const useProblems = (app: FastifyInstance): void => {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply) => {
    const problem = problemOf(error)
    if (problem.status === 500) request.log.error(error)
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
    if (error instanceof HttpProblem && error.retryAfterS !== null)
      reply.header('retry-after', `${error.retryAfterS}`)
    return send(reply, problem)
  })
  app.setNotFoundHandler((request, reply) =>
    send(reply, {
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      code: 'not_found',
      detail: `There is no ${request.method} ${request.url.split('?')[0]}; /api/docs lists what there is.`,
    }),
  )
}
