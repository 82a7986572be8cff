import { shippedScenarioNames } from '#simulators/scenario-file.ts'

export const scenarioHelp = `one of ${shippedScenarioNames().join(', ')}, or a file`

/** Tells how a simulator came to its end. */
export const tellEnding = (ending: string): void => {
  process.stdout.write(ending === 'lifetime' ? 'the scenario is over\n' : 'ended\n')
}

export const tellLine = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
