import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { quantityNameSchema } from '#domain/environment/events.ts'
import type { Side } from '#domain/environment/limit-table.ts'
import { type SafetyRules, safetyRules } from '#domain/environment/limits.ts'
import { colibri, type Instrument } from '#domain/requests/instrument.ts'
import { type Site, siteSchema } from '#domain/shared/site.ts'

const sideSchema = z
  .object({
    unsafe: z.number(),
    safe: z.number().describe('safe again from here on'),
    atOnce: z.number().nullable().describe('unsafe without any delay'),
  })
  .nullable()

export const siteAnswerSchema = siteSchema
  .extend({
    simulated: z.boolean().describe('whether the PLC, and with it the weather, is a simulator'),
    instrument: z.object({
      name: z.string(),
      detectors: z.array(z.object({ detector: z.string(), name: z.string(), filters: z.array(z.string()) })),
    }),
    rulesVersion: z.string(),
    limits: z.array(
      z.object({
        quantity: quantityNameSchema,
        unit: z.string(),
        high: sideSchema,
        low: sideSchema,
        badForS: z.number(),
        goodForS: z.number(),
        staleAfterS: z.number(),
      }),
    ),
  })
  .meta({ id: 'Site' })

const sideOf = (side: Side | undefined) =>
  side ? { unsafe: side.unsafe.at, safe: side.safe.at, atOnce: side.atOnce?.at ?? null } : null

const limitsOf = ({ limits }: SafetyRules) =>
  quantityNameSchema.options.map((quantity) => {
    const { unit, high, low, badForS, goodForS, staleAfterS } = limits[quantity]
    return { quantity, unit, high: sideOf(high), low: sideOf(low), badForS, goodForS, staleAfterS }
  })

const instrumentOf = ({ name, detectors }: Instrument) => ({
  name,
  detectors: detectors.map(({ filters, detector, name }) => ({
    detector,
    name,
    filters: filters.map((filter) => filter.name),
  })),
})

export type SiteParts = {
  readonly site: Site
  readonly rules?: SafetyRules
  readonly simulated?: boolean
}

/** What does not change while the program runs: where it stands, what it carries, what limits are in force. */
export const siteRoutes: FastifyPluginAsyncZod<SiteParts> = async (app, parts) => {
  const { site, rules = safetyRules(), simulated = false } = parts
  app.get(
    '/api/site',
    {
      config: { right: 'read' },
      schema: {
        summary: 'The observatory: where it stands, what it carries, and the limits in force',
        tags: ['environment'],
        response: { 200: siteAnswerSchema },
      },
    },
    async () => ({
      ...site,
      simulated,
      instrument: instrumentOf(colibri),
      rulesVersion: rules.rulesVersion,
      limits: limitsOf(rules),
    }),
  )
}
