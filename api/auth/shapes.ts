import { z } from 'zod'
import { roleSchema } from '#domain/people/events.ts'
import { personIdSchema } from '#domain/people/ids.ts'
import { rightSchema } from '#domain/people/rights.ts'
import { longestPassword, shortestPassword } from './passwords.ts'

export const newPasswordSchema = z
  .string()
  .min(shortestPassword, `a password has ${shortestPassword} characters at least; any will do`)
  .max(longestPassword, `a password has ${longestPassword} characters at most`)

export const sessionSchema = z
  .object({
    user: z.string().nullable().describe('null for nobody'),
    name: z.string().nullable(),
    roles: z.array(roleSchema),
    demo: z.boolean().describe('whether everybody on this machine may look'),
    firstAdmin: z
      .boolean()
      .describe('nobody can sign in yet: the code that the start printed makes the first admin'),
    may: z.array(rightSchema).describe('what may be done'),
    expiresAt: z.iso.datetime().nullable().describe('of the session or token; null for none'),
  })
  .meta({ id: 'Session' })

export const signInSchema = z.strictObject({
  user: z.string().min(1).max(200),
  password: z.string().min(1).max(longestPassword),
})

export const firstAdminSchema = z.strictObject({
  code: z.string().min(1).max(200).describe('as the start printed it'),
  user: personIdSchema,
  password: newPasswordSchema,
})

export const ownPasswordSchema = z.strictObject({
  old: z.string().min(1).max(longestPassword),
  password: newPasswordSchema,
})

export const tokenSchema = z
  .object({
    id: z.string(),
    user: z.string(),
    name: z.string(),
    scopes: z.array(rightSchema),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable().describe('null: good until revoked'),
    usedAt: z.iso.datetime().nullable().describe('to the minute; null: never'),
  })
  .meta({ id: 'Token' })

export const newTokenSchema = z.strictObject({
  name: z.string().trim().min(1, 'a name tells tokens apart, e.g. "weather page"').max(100),
  scopes: z.array(rightSchema).min(1, 'a token that may do nothing is of no use'),
  expiresAt: z.iso.datetime({ offset: true }).optional().describe('good until revoked when left out'),
})
