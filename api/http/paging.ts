import { z } from 'zod'

/** How much of a newest-first list is asked for. */
export const pagingSchema = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50).describe('rows at the most'),
  before: z.coerce
    .number()
    .int()
    .positive()
    .optional()
    .describe('rows with a smaller id only: `next` of the page before'),
})

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.number().int().nullable().describe('`before` of the next page; null when this was the last'),
  })

/** A page of rows, newest first, with where to go on. */
export const page = <Row extends { readonly id: number }>(items: Row[], limit: number) => ({
  items,
  next: items.length < limit ? null : (items.at(-1)?.id ?? null),
})
