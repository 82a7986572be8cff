import type { FastifyRequest } from 'fastify'
import { may } from '#api/auth/caller.ts'
import { HttpProblem } from '#api/http/problem.ts'
import type { RequestDesk } from '#commands/requests/request-desk.ts'

/** Whoever operates the observatory may touch everybody's requests, any other only their own. Throws 403 `not_yours`. */
export const checkOwner = (request: FastifyRequest, userId: string | null | undefined): void => {
  if (userId === undefined || userId === null || userId === request.caller.user || may(request, 'operate'))
    return
  const detail = `This is ${userId}'s; those with the right operate may touch the requests of others.`
  throw new HttpProblem(403, 'not_yours', 'Not yours', detail)
}

/** The same by a request's id; one that is not there is found out by what is done with it. */
export const checkOwnRequest = async (
  request: FastifyRequest,
  desk: RequestDesk,
  id: string,
): Promise<void> => {
  if (!may(request, 'operate')) checkOwner(request, await desk.authorOf(id))
}
