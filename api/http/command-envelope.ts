import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { actorOf } from '#api/auth/caller.ts'
import type { Envelope, Handled } from '#commands/handle.ts'
import { canonicalJson } from '#domain/shared/canonical-json.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import { sha256 } from '#domain/shared/hash.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'

/** Headers of every command. */
export const commandHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('the same key is the same command: repeated, it has one effect; 422 with another body'),
  'if-match': z
    .string()
    .regex(/^("\d{1,15}(\.[\w-]*)?"|\*)$/, 'an entity tag as ETag gave it, e.g. "3" or "3.Jx0q"')
    .optional()
    .describe('the ETag that was looked at; 412 when it is another by now'),
})

export type EnvelopeParts = { readonly clock: Clock; readonly site: Site }

/** Tells one body from another. It goes into the log for good: of personal data there must be none. */
export const digestOf = (said: unknown): string =>
  sha256(said instanceof Uint8Array ? said : canonicalJson(said ?? null)).toString('base64url')

/** What goes with the command that a request gives. `said` is what the command says where that is not the whole body. */
export const envelopeOf = (
  request: FastifyRequest,
  { clock, site }: EnvelopeParts,
  said: unknown = request.body,
): Envelope => {
  const { 'idempotency-key': key, 'if-match': tag = '*' } = commandHeaders.parse(request.headers)
  const actor = actorOf(request)
  const at = instantOf(clock.now())
  const commandId =
    key === undefined
      ? randomUUID()
      : uuidFrom(`${request.method} ${request.url} ${actor.id} ${key}`, noctuaryNamespace)
  const night = nightOf(at, site.timeZone)
  const seen = tag === '*' ? {} : { ifRevision: BigInt(/\d+/.exec(tag)?.[0] ?? '0') }
  const digest = key === undefined ? {} : { digest: digestOf(said) }
  return { commandId, at, night, actor, ...seen, ...digest }
}

export const etagOf = (revision: bigint | number): string => `"${revision}"`

/** Says in headers what a command led to: the subject's revision, and the position to wait for. */
export const tellHandled = (reply: FastifyReply, { revision, position }: Handled<DomainEvent>): void => {
  if (revision !== 'none') reply.header('etag', etagOf(revision))
  if (position) reply.header('x-position', `${position.commit}`)
}
