import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { checked, parseTimeline, ScenarioError } from './timeline.ts'

/** What the simulated users do, in order of time. */
export type UserScenario = {
  /** How many iterations it lasts. */
  readonly iterations: number
  readonly submissions: readonly { readonly time: number; readonly file: string; readonly user: string }[]
}

const usual = 'simulated-user'

const fileSchema = z
  .string()
  .regex(/\.(xml|json)$/, 'wants the name of a request file that ends in .xml or .json')
const entrySchema = z.strictObject({
  file: fileSchema,
  /** Who submits it. */
  user: z.string().min(1).default(usual),
})

/** Reads what users do (P21); `folder` is where the scenario lies. Throws {@link ScenarioError} with the index (P24). */
export const parseUserScenario = (json: unknown, folder: string): UserScenario => {
  const { head, entries } = parseTimeline(json)
  const submissions = entries
    .filter(({ simulator }) => simulator === 'userSimulator')
    .map(({ index, time, does }) => {
      const given = typeof does === 'string' ? { file: does } : does
      const { file, user } = checked(entrySchema, given, index)
      const at = path.resolve(folder, file)
      if (!existsSync(at))
        throw new ScenarioError(index, `there is no request file ${file} beside the scenario`)
      return { time, file: at, user }
    })
  return { iterations: head.iterations, submissions }
}
