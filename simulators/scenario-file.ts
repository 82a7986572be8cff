import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseScenario, type Scenario, ScenarioError } from './scenario.ts'
import { parseUserScenario, type UserScenario } from './user-scenario.ts'

const shipped = fileURLToPath(new URL('scenarios/', import.meta.url))

export const shippedScenarioNames = (): readonly string[] =>
  readdirSync(shipped)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted()

/** Where a scenario lies: a bare name means a shipped one, anything with a slash or an ending is a path. */
export const scenarioPath = (nameOrPath: string): string =>
  /^[\w-]+$/.test(nameOrPath) ? `${shipped}${nameOrPath}.json` : nameOrPath

/** Reads and checks a scenario for the PLC; throws {@link ScenarioError} with a sentence for people. */
export const scenarioNamed = (nameOrPath: string): Scenario => parseScenario(scenarioJson(nameOrPath))

/** The same for the users; request files lie beside it. */
export const userScenarioNamed = (nameOrPath: string): UserScenario =>
  parseUserScenario(scenarioJson(nameOrPath), path.dirname(scenarioPath(nameOrPath)))

/** A scenario as it stands in its file; throws {@link ScenarioError} with a sentence for people. */
export const scenarioJson = (nameOrPath: string): unknown => {
  const text = textOf(nameOrPath)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ScenarioError(
      null,
      `${nameOrPath} is not JSON: ${error instanceof Error ? error.message : error}`,
    )
  }
}

const textOf = (nameOrPath: string): string => {
  try {
    return readFileSync(scenarioPath(nameOrPath), 'utf8')
  } catch (error) {
    const why =
      error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'not found' : `${error}`
    throw new ScenarioError(
      null,
      `${nameOrPath}: ${why}. Give a path, or one of those that come with Noctuary: ${shippedScenarioNames().join(', ')}`,
    )
  }
}
