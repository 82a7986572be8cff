import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { may } from '#api/auth/caller.ts'
import type { Health } from '#api/health.ts'

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string() })),
    projections: z.array(
      z.object({
        name: z.string(),
        version: z.number().int(),
        state: z.string(),
        position: z.string().describe('commit position in the log'),
        events: z.number().int(),
        lagSeconds: z
          .number()
          .nullable()
          .describe('age of the newest projected event while behind; 0 when caught up'),
        lagEvents: z.number().int().nullable().describe('judged by the events so far while behind'),
        standingSince: z.iso
          .datetime()
          .nullable()
          .describe('the alarm: it stands still though there is work'),
        error: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Health' })

export const healthRoutes: FastifyPluginAsyncZod<{ health: () => Promise<Health> }> = async (
  app,
  { health },
) => {
  app.get(
    '/health',
    {
      config: { right: 'anyone' },
      schema: {
        summary: 'Each part and how far the read models are; 503 when one is down',
        description: 'Without the right read it is the status alone.',
        tags: ['operation'],
        response: { 200: healthSchema, 503: healthSchema },
      },
    },
    async (request, reply) => {
      const now = await health()
      const shown = may(request, 'read') ? now : { status: now.status, parts: [], projections: [] }
      return reply.code(now.status === 'ok' ? 200 : 503).send(shown)
    },
  )
}
