import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { commandHeaders, type EnvelopeParts, envelopeOf, tellHandled } from '#api/http/command-envelope.ts'
import { HttpProblem, problemSchema } from '#api/http/problem.ts'
import type { PartStatus } from '#api/parts/part.ts'
import type { RecordOperation } from '#commands/operation/operations.ts'
import { type PartOrder, partOrders } from '#domain/operation/events.ts'

export type PartRouteParts = EnvelopeParts & {
  readonly statuses: () => readonly PartStatus[]
  readonly orders: ReadonlyMap<
    string,
    { readonly can: readonly PartOrder[]; order(order: PartOrder): Promise<void> }
  >
  readonly record: RecordOperation
}

export const partSchema = z
  .object({
    name: z.string(),
    state: z.string(),
    detail: z.string(),
    can: z.array(z.enum(partOrders)).describe('what a person may order of it'),
  })
  .meta({ id: 'Part' })

const bodySchema = z.strictObject({ why: z.string().min(1).max(500).default('ordered by hand') }).prefault({})

/** The parts of this process, and orders to them (W4). */
export const partRoutes: FastifyPluginAsyncZod<PartRouteParts> = async (app, parts) => {
  const { statuses, orders, record } = parts
  const shown = ({ name, state, detail }: PartStatus) => ({
    name,
    state,
    detail,
    can: [...(orders.get(name)?.can ?? [])],
  })

  app.get(
    '/api/system/parts',
    {
      config: { right: 'read' },
      schema: {
        summary: 'What runs in this process, how it is, and what may be ordered of it',
        tags: ['operation'],
        response: { 200: z.object({ items: z.array(partSchema) }) },
      },
    },
    async () => ({ items: statuses().map(shown) }),
  )

  const named = (name: string, order: PartOrder) => {
    const takes = orders.get(name)
    if (takes?.can.includes(order)) return takes
    const can = [...orders].map(([part, { can }]) => `${part} (${can.join(', ')})`).join('; ')
    const known = statuses().some((part) => part.name === name)
    throw new HttpProblem(
      known ? 409 : 404,
      known ? 'order_not_taken' : 'part_unknown',
      known ? 'It does not take that order' : 'No such part here',
      `${name} cannot be told to ${order}; these parts take orders: ${can || 'none'}.`,
    )
  }

  app.post(
    '/api/system/parts/:name/:order',
    {
      config: { right: 'operate' },
      schema: {
        summary: 'Stops a part of this process, starts it, or starts it anew; on record first',
        tags: ['operation'],
        params: z.object({ name: z.string(), order: z.enum(partOrders) }),
        headers: commandHeaders,
        body: bodySchema.nullish(),
        response: { 202: partSchema, 404: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const { name, order } = request.params
      const takes = named(name, order)
      const { why } = bodySchema.parse(request.body ?? {})
      const handled = await record(
        { type: 'PartOrdered', data: { part: name, order, why } },
        envelopeOf(request, parts),
      )
      if (!handled.already) await takes.order(order)
      tellHandled(reply, handled)
      const status = statuses().find((part) => part.name === name)
      return reply.code(202).send(shown(status ?? { name, state: 'starting', detail: '' }))
    },
  )
}
