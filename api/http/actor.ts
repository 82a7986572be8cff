import type { FastifyRequest } from 'fastify'
import type { Actor } from '#domain/shared/metadata.ts'

/** Who asks. Until there is a sign-in, whoever they say they are; `local` for those who do not say. */
export const actorOf = ({ headers }: FastifyRequest): Actor => {
  const said = headers['x-noctuary-user']
  return { kind: 'user', id: typeof said === 'string' && said !== '' ? said : 'local' }
}
