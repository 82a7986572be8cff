import { z } from 'zod'
import { defineEvent } from '#domain/shared/define-event.ts'
import { strategySchema } from './strategy.ts'

/** From here on triggers are judged by this instead of what had its name. */
export const strategyAdopted = defineEvent('StrategyAdopted', {
  version: 1,
  schema: z.object({ strategy: strategySchema, strategyVersion: z.int().positive() }),
})
