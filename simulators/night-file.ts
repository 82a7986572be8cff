import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type NightOptions, type NightScenario, parseNightScenario } from './night-scenario.ts'
import { scenarioJson, scenarioPath } from './scenario-file.ts'

const shipped = fileURLToPath(new URL('scenarios/nights/', import.meta.url))

export const shippedNightNames = (): readonly string[] =>
  readdirSync(shipped)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted()

/** A bare name is a shipped night, or else a shipped scenario in PYROS's form; anything else is a path. */
const nightPath = (nameOrPath: string): string => {
  const night = path.join(shipped, `${nameOrPath}.json`)
  return /^[\w-]+$/.test(nameOrPath) && existsSync(night) ? night : scenarioPath(nameOrPath)
}

/** Reads a night's scenario; throws `ScenarioError` with a sentence for people. */
export const nightNamed = (nameOrPath: string, options: Omit<NightOptions, 'folder'>): NightScenario => {
  const file = nightPath(nameOrPath)
  return parseNightScenario(scenarioJson(file), { ...options, folder: path.dirname(file) })
}
