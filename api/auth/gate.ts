import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { HttpProblem } from '#api/http/problem.ts'
import { type Right, rightMeanings } from '#domain/people/rights.ts'
import { type Caller, nobody } from './caller.ts'
import { type Access, identify } from './identify.ts'
import { checkOwnPage } from './same-origin.ts'

/** `anyone`: without signing in. `signed-in`: people who signed in and local programs, about what is their own. */
export type RouteRight = Right | 'anyone' | 'signed-in'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What whoever asks must be allowed; a route that does not say is a defect, and the program does not start. */
    right?: RouteRight
  }
}

const browsing = '/api/docs'

const declare = (route: RouteOptions): void => {
  // The pages of @fastify/swagger-ui are its own and cannot say it themselves.
  if (route.url.startsWith(browsing)) route.config = { ...route.config, right: 'anyone' }
  if (route.config?.right === undefined)
    throw new Error(`${route.method} ${route.url} does not say in its config which right it needs`)
}

const mayPass = (caller: Caller, right: RouteRight): boolean => {
  if (right === 'anyone') return true
  if (right === 'signed-in') return caller.kind === 'session' || caller.kind === 'local'
  return caller.rights.includes(right)
}

const refusal = ({ kind }: Caller, right: RouteRight): HttpProblem => {
  const needs =
    right === 'anyone' || right === 'signed-in' ? '' : ` the right ${right} (${rightMeanings[right]})`
  if (kind === 'nobody' || kind === 'demo') {
    const detail = `This needs${needs || ' somebody who is signed in'}: sign in, or send Authorization: Bearer with a token.`
    return new HttpProblem(401, 'sign_in_needed', 'Sign in first', detail)
  }
  const detail = needs
    ? `This needs${needs}.`
    : 'This is for people who signed in themselves, not for tokens.'
  return new HttpProblem(403, 'not_allowed', 'Not allowed', detail)
}

const isWrite = ({ method }: FastifyRequest): boolean => !['GET', 'HEAD', 'OPTIONS'].includes(method)

/** Lets nobody through to a route who may not: what a route does not declare is refused. */
export const useGate = (app: FastifyInstance, access: Access): void => {
  app.decorateRequest('caller')
  app.addHook('onRoute', (route) => {
    declare(route)
    for (const method of [route.method].flat())
      app.log.debug({ route: `${method} ${route.url}`, right: route.config?.right }, 'route')
  })
  app.addHook('onRequest', async (request) => {
    request.caller = nobody
    const { right } = request.routeOptions.config
    // Nothing is there under this address.
    if (right === undefined) return
    const caller = await identify(request, access).catch((error) => {
      // What is for anyone is so without the database and whatever is shown along.
      if (right === 'anyone') return nobody
      throw error
    })
    request.caller = caller
    if (!mayPass(caller, right)) throw refusal(caller, right)
    if (caller.kind === 'session' && isWrite(request)) checkOwnPage(request)
  })
}
