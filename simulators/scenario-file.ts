import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseScenario, type Scenario, ScenarioError } from './scenario.ts'

const shipped = fileURLToPath(new URL('scenarios/', import.meta.url))

export const shippedScenarioNames = (): readonly string[] =>
  readdirSync(shipped)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted()

/** Where a scenario lies: a bare name means a shipped one, anything with a slash or an ending is a path. */
export const scenarioPath = (nameOrPath: string): string =>
  /^[\w-]+$/.test(nameOrPath) ? `${shipped}${nameOrPath}.json` : nameOrPath

/** A scenario as it stands in its file; throws {@link ScenarioError} with a sentence for people. */
export const scenarioJson = (nameOrPath: string): unknown => {
  const text = textOf(nameOrPath)
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ScenarioError(null, `${nameOrPath} is not JSON: ${error.message}`)
  }
}

/** Reads and checks the PLC's part of a scenario; throws {@link ScenarioError} with a sentence for people. */
export const scenarioNamed = (nameOrPath: string): Scenario => parseScenario(scenarioJson(nameOrPath))

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
