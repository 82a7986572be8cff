import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const user = z.string().min(1).default('simulated-user')
const operator = z.string().min(1).default('operator')
const why = z.string().min(1).default('as the scenario says')

/** Somebody hands in a request, a file beside the scenario or the request itself; takes it back by its name. */
const submitSchema = z.strictObject({
  submit: z.union([
    z.string().regex(/\.(xml|json)$/, 'wants a request file that ends in .xml or .json, or a request'),
    z.record(z.string(), z.unknown()),
  ]),
  /** What the scenario calls it. */
  as: z.string().min(1).optional(),
  user,
})
const withdrawSchema = z.strictObject({ withdraw: z.string().min(1), user, why })
const modeSchema = z.strictObject({
  mode: z.enum(['automatic', 'manual', 'engineering']),
  user: operator,
  why,
})
const deviceSchema = z.strictObject({
  device: z.enum(['telescope', 'dome', 'visible-camera', 'infrared-camera']),
  command: z.string().min(1),
  parameters: z.record(z.string(), z.unknown()).default({}),
  user: operator,
})

/** What a person does at a moment. */
export type PersonAction =
  | ({ readonly kind: 'submit' } & z.output<typeof submitSchema>)
  | ({ readonly kind: 'withdraw' } & z.output<typeof withdrawSchema>)
  | ({ readonly kind: 'mode' } & z.output<typeof modeSchema>)
  | ({ readonly kind: 'device' } & z.output<typeof deviceSchema>)

/** A file that does not lie beside the scenario, or a form that nobody knows. */
export class ActionUnknown extends Error {}

const submission = (asked: unknown, folder: string): PersonAction => {
  const read = submitSchema.parse(asked)
  if (typeof read.submit !== 'string') return { kind: 'submit', ...read }
  const file = path.resolve(folder, read.submit)
  if (!existsSync(file))
    throw new ActionUnknown(`there is no request file ${read.submit} beside the scenario`)
  return { kind: 'submit', ...read, submit: file }
}

/** Reads what a person does; `folder` is where the scenario lies. Throws {@link ActionUnknown} or a `ZodError`. */
export const parsePerson = (given: unknown, folder: string): PersonAction => {
  if (typeof given === 'string') return submission({ submit: given }, folder)
  const asked = z.record(z.string(), z.unknown()).parse(given)
  // As the user simulator has it: {"file": …, "user": …}.
  if ('file' in asked) return submission({ submit: asked['file'], user: asked['user'] }, folder)
  if ('submit' in asked) return submission(asked, folder)
  if ('withdraw' in asked) return { kind: 'withdraw', ...withdrawSchema.parse(asked) }
  if ('mode' in asked) return { kind: 'mode', ...modeSchema.parse(asked) }
  if ('device' in asked) return { kind: 'device', ...deviceSchema.parse(asked) }
  throw new ActionUnknown('a person wants one of submit, withdraw, mode, device (with command)')
}
