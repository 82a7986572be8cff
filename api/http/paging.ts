import { z } from 'zod'
import type { Position } from '#domain/shared/event.ts'
import { HttpProblem } from './problem.ts'

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

/** Rows have numbers that count the polls of a night: every so many of them show as much of a long time. */
export const everySchema = z.coerce
  .number('a whole number of polls')
  .int()
  .min(1)
  .max(1000)
  .default(1)
  .describe('of so many polls one row, for longer spans')

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

const cursor = /^(\d{1,19})\/(\d{1,19})$/

/** How much of a list in log order is asked for, from either end. */
export const logPagingSchema = pagingSchema.omit({ before: true }).extend({
  order: z.enum(['newest', 'oldest']).default('newest').describe('which comes first'),
  cursor: z
    .string()
    .regex(cursor, 'a cursor is what `next` of the page before was, commit/prepare')
    .optional()
    .describe('rows beyond this place in the log only: `next` of the page before'),
})

export const positionFrom = (text: string): Position => {
  const [, commit = '0', prepare = '0'] = cursor.exec(text) ?? []
  return { commit: BigInt(commit), prepare: BigInt(prepare) }
}

export const positionText = ({ commit, prepare }: Position): string => `${commit}/${prepare}`

export const logPageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().describe('`cursor` of the next page; null when this was the last'),
  })

/** A page of rows in log order, with where to go on. */
export const logPage = <Item extends { readonly position: string }>(items: Item[], limit: number) => ({
  items,
  next: items.length < limit ? null : (items.at(-1)?.position ?? null),
})

/** Throws 400 for a page that is to begin behind what is not there: no page would say so. */
export const checkCursor = (place: string, id: string, found: unknown): void => {
  if (found) return
  const detail = `querystring/${place}: there is no ${id}; give \`next\` of the page before, or leave it out.`
  throw new HttpProblem(400, 'cursor_unknown', 'No such place', detail)
}
