import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { problemSchema } from '#api/http/problem.ts'
import type { Accounts } from './accounts.ts'
import { actorOf } from './caller.ts'
import { setPassword } from './set-password.ts'
import { newPasswordSchema } from './shapes.ts'

export const passwordRoutes: FastifyPluginAsyncZod<{ accounts: Accounts }> = async (app, { accounts }) => {
  app.put(
    '/api/users/:userId/password',
    {
      config: { right: 'admin' },
      schema: {
        summary: "Set a user's password; who was signed in with the old one is signed out",
        tags: ['people'],
        params: z.object({ userId: z.string().max(200) }),
        body: z.strictObject({ password: newPasswordSchema }),
        response: { 200: z.object({ id: z.string() }), 404: problemSchema, 409: problemSchema },
      },
    },
    async (request) => {
      const { userId } = request.params
      await setPassword(accounts, userId, request.body.password, actorOf(request))
      return { id: userId }
    },
  )
}
