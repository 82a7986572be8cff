import type { z } from 'zod'
import { type PlanInput, planInputSchema } from './input.ts'

/** What was given cannot be planned; one line per fault, each with its path. */
export class InvalidPlanInput extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(faults.join('\n'))
    this.name = 'InvalidPlanInput'
    this.faults = faults
  }
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text ? '.' : ''}${String(key)}`),
    '',
  )

/** One line per fault: where it is and what would be right. */
export const faultsOf = (error: z.ZodError): string[] =>
  error.issues.map(({ path, message }) => `${pathOf(path) || 'the input'}: ${message}`)

/** Checks what came from outside; throws `InvalidPlanInput`. */
export const readPlanInput = (given: unknown): PlanInput => {
  const read = planInputSchema.safeParse(given)
  if (!read.success) throw new InvalidPlanInput(faultsOf(read.error))
  return read.data
}
