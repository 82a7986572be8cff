import type { FastifyReply, FastifyRequest } from 'fastify'

export const cookieName = 'noctuary_session'

const form = new RegExp(`(?:^|;)\\s*${cookieName}=([\\w-]{20,100})\\s*(?:;|$)`)

/** The secret of the session that a browser sends along; null for none. */
export const cookieSecret = ({ headers }: FastifyRequest): string | null =>
  form.exec(headers.cookie ?? '')?.[1] ?? null

/** Only sent back over TLS where it came that way, be it to a proxy that is trusted. */
const attributesFor = (request: FastifyRequest): string => {
  const secure = request.protocol === 'https' ? '; Secure' : ''
  return `; HttpOnly; SameSite=Strict; Path=/${secure}`
}

/** Until the session's end in any case; when it ends before, we know. */
export const setCookie = (request: FastifyRequest, reply: FastifyReply, secret: string): void =>
  void reply.header('set-cookie', `${cookieName}=${secret}; Max-Age=604800${attributesFor(request)}`)

export const dropCookie = (request: FastifyRequest, reply: FastifyReply): void =>
  void reply.header('set-cookie', `${cookieName}=; Max-Age=0${attributesFor(request)}`)
