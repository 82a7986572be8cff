import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { sessionSchema } from './shapes.ts'

/** Who one is where nobody can sign in: somebody who looks. */
export const onlookerRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/api/session',
    {
      config: { right: 'anyone' },
      schema: { summary: 'Who you are here and what you may do', response: { 200: sessionSchema } },
    },
    async ({ caller: { rights } }) => ({
      user: null,
      name: null,
      roles: [],
      demo: true,
      firstAdmin: false,
      may: [...rights],
      expiresAt: null,
    }),
  )
}
