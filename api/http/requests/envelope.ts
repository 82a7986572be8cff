import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { actorOf } from '#api/http/actor.ts'
import { HttpProblem } from '#api/http/problem.ts'
import type { Revision } from '#commands/event-store.ts'
import type { Envelope } from '#commands/handle.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'

const keySchema = z.string().min(1).max(200).optional()

/** The same key of the same user to the same address is the same command, whenever it comes. */
const commandIdOf = (request: FastifyRequest): string => {
  const key = keySchema.safeParse(request.headers['idempotency-key'])
  if (!key.success) {
    const detail = 'An Idempotency-Key is 1 to 200 characters.'
    throw new HttpProblem(400, 'invalid_idempotency_key', 'The key is not valid', detail)
  }
  if (key.data === undefined) return randomUUID()
  const { pathname } = new URL(request.url, 'http://localhost')
  return uuidFrom(
    JSON.stringify([actorOf(request).id, request.method, pathname, key.data]),
    noctuaryNamespace,
  )
}

/** What goes with a command that came by HTTP. */
export const envelopeOf = (
  request: FastifyRequest,
  { clock, site }: { readonly clock: Clock; readonly site: Site },
): Envelope => {
  const at = instantOf(clock.now())
  return {
    commandId: commandIdOf(request),
    at,
    night: nightOf(at, site.timeZone),
    actor: actorOf(request),
    // Alone a simulator says this of itself.
    ...(request.headers['x-noctuary-simulated'] === 'true' ? { simulated: true } : {}),
  }
}

/** The revision that `If-Match` names; `undefined` where it is `*` or left out. */
export const ifMatchOf = ({ headers }: FastifyRequest): Revision | undefined => {
  const given = headers['if-match']?.trim()
  if (given === undefined || given === '*') return undefined
  const revision = /^(?:W\/)?"?(\d{1,18})"?$/.exec(given)?.[1]
  if (revision !== undefined) return BigInt(revision)
  const detail = `If-Match is the ETag that GET gave, like "3", not ${given}.`
  throw new HttpProblem(400, 'invalid_if_match', 'If-Match cannot be read', detail)
}
