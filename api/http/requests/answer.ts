import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { HttpProblem } from '#api/http/problem.ts'
import type { RequestNow } from '#commands/requests/request-desk.ts'
import type { RequestState } from '#domain/requests/state.ts'

export const requestStatuses = ['DRAFT', 'INVALID', 'SUBMITTED', 'WITHDRAWN'] as const

export const faultsSchema = z.array(z.object({ code: z.string(), path: z.string(), message: z.string() }))

/** What a command answers: the request as the log has it now, without waiting for a read model. */
export const receiptSchema = z
  .object({
    id: z.string(),
    status: z.enum(requestStatuses),
    revision: z.number().int().describe('of its stream; the ETag'),
    sequences: z.array(z.object({ id: z.string(), name: z.string() })),
    warnings: faultsSchema.describe('what is odd in it, and what was made of that'),
  })
  .meta({ id: 'RequestReceipt' })

const statusOf = ({ status, faults }: RequestState): (typeof requestStatuses)[number] => {
  switch (status) {
    case 'submitted':
      return 'SUBMITTED'
    case 'withdrawn':
      return 'WITHDRAWN'
    case 'none':
    case 'draft':
      return faults.length > 0 ? 'INVALID' : 'DRAFT'
  }
}

const receiptOf = ({ requestId, state, revision }: RequestNow): z.output<typeof receiptSchema> => ({
  id: requestId,
  status: statusOf(state),
  revision: Number(revision === 'none' ? 0n : revision),
  sequences: state.content?.sequences.map(({ id, name }) => ({ id, name })) ?? [],
  warnings: state.content?.warnings ?? [],
})

const addressOf = (requestId: string): string => `/api/requests/${requestId}`

/** Headers and body for a request after a command. Throws 422 where its submission was refused: the draft is kept. */
export const answerWith = (reply: FastifyReply, now: RequestNow, { asked }: { asked: boolean }) => {
  const receipt = receiptOf(now)
  reply.header('location', addressOf(now.requestId)).header('etag', `"${receipt.revision}"`)
  if (now.position) reply.header('x-position', `${now.position.commit}`)
  if (asked && receipt.status === 'INVALID') {
    const { faults } = now.state
    const why = faults.map(({ path, message }) => `${path}: ${message}`).join('; ')
    const detail = `${why}. It is kept as a draft at ${addressOf(now.requestId)}.`
    throw new HttpProblem(422, 'request_refused', 'It cannot be', detail, [...faults])
  }
  return receipt
}
