import type { FastifyInstance } from 'fastify'
import { sha256 } from '#domain/shared/hash.ts'

const tagOf = (payload: string): string => sha256(payload).toString('base64url').slice(0, 16)

/** RFC 9110: weak comparison, any of a list, or whatever there is. */
const isSeen = (tag: string, seen: string): boolean =>
  seen.trim() === '*' || seen.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)

/**
 * Answers of JSON have an ETag, and 304 goes to whoever has seen it. What has a revision keeps it before a dot, which is
 * what If-Match compares: a request's sequences go on while its revision stands.
 */
export const useConditionalAnswers = (app: FastifyInstance): void => {
  app.addHook('onSend', async ({ method, headers }, reply, payload) => {
    const type = `${reply.getHeader('content-type') ?? ''}`
    const isReading = method === 'GET' || method === 'HEAD'
    if (!isReading || reply.statusCode !== 200 || typeof payload !== 'string' || !type.includes('json'))
      return payload
    const revision = /^"(\d+)"$/.exec(`${reply.getHeader('etag') ?? ''}`)?.[1]
    const tag = `"${revision === undefined ? '' : `${revision}.`}${tagOf(payload)}"`
    reply.header('etag', tag)
    const seen = headers['if-none-match']
    if (seen === undefined || !isSeen(tag, seen)) return payload
    reply.code(304).removeHeader('content-length').removeHeader('content-type')
    return null
  })
}
