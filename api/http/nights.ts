import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { type NightParts, nightReports } from '#api/night/read-report.ts'
import { reportHtml } from '#api/night/report-html.ts'
import { reportText } from '#api/night/report-text.ts'
import { nightReportSchema } from '#domain/night/report-schema.ts'
import { HttpProblem, problemSchema } from './problem.ts'

export const nightParams = z.object({
  night: z.iso.date('a night is the date of its evening, e.g. 2026-11-20'),
})

/** The page loads nothing and runs nothing. */
const contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'"

const faces = ['application/json', 'text/html', 'text/plain'] as const
type Face = (typeof faces)[number]

/** The first of ours that is named, as browsers and tools name what they like best first; JSON for anything. */
const faceFor = (accept: string | undefined): Face | null => {
  const wanted = (accept ?? '*/*').split(',').map((range) => range.split(';')[0]?.trim() ?? '')
  for (const range of wanted) {
    const face = faces.find((known) => known === range)
    if (face) return face
    if (range === '*/*' || range === 'application/*') return 'application/json'
  }
  return null
}

const wantedFace = (accept: string | undefined): Face => {
  const face = faceFor(accept)
  if (face) return face
  const detail = `A report comes as ${faces.join(', ')}, not as ${accept}.`
  throw new HttpProblem(406, 'not_acceptable', 'No such format', detail)
}

export const nightRoutes: FastifyPluginAsync<NightParts> = async (app, parts) => {
  const reportOf = nightReports(parts)
  app.get(
    '/api/nights/:night/report',
    {
      config: { right: 'read' },
      schema: {
        summary: 'What became of a night, as JSON, a page (Accept: text/html) or text (Accept: text/plain)',
        tags: ['audit'],
        params: nightParams,
        response: {
          200: {
            description: 'the report',
            content: {
              'application/json': { schema: nightReportSchema },
              'text/html': { schema: z.string() },
              'text/plain': { schema: z.string() },
            },
          },
          404: problemSchema,
          406: problemSchema,
        },
      },
    },
    async ({ params, headers: { accept } }, reply) => {
      const { night } = nightParams.parse(params)
      const face = wantedFace(accept)
      const report = await reportOf(night)
      reply.type(`${face}; charset=utf-8`).header('vary', 'accept')
      if (face === 'application/json') return reply.send(report)
      reply.header('content-security-policy', contentSecurityPolicy)
      return reply.send(face === 'text/html' ? reportHtml(report) : reportText(report))
    },
  )
}
