import type { FastifyInstance } from 'fastify'
import { HttpProblem } from '#api/http/problem.ts'
import { InvalidRevision, RequestUnknown, RequestWithdrawnAlready } from '#domain/requests/refusals.ts'

const problemOf = (error: unknown): unknown => {
  if (error instanceof RequestUnknown)
    return new HttpProblem(404, 'request_unknown', 'No such request', `${error.message}.`)
  if (error instanceof RequestWithdrawnAlready)
    return new HttpProblem(409, 'request_withdrawn', 'The request was withdrawn', `${error.message}.`)
  if (error instanceof InvalidRevision)
    return new HttpProblem(422, 'request_refused', 'It cannot be', `${error.message}.`, [...error.faults])
  const tooLarge = error instanceof Error && 'code' in error && error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
  return tooLarge
    ? new HttpProblem(413, 'body_too_large', 'Too large', 'A request has 256 KiB at the most; split it.')
    : error
}

/** What handing in a request may end with, in HTTP's words. */
export const useRequestProblems = (app: FastifyInstance): void => {
  app.setErrorHandler((error) => {
    throw problemOf(error)
  })
}
