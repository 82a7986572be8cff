import { Command, InvalidArgumentError } from 'commander'
import { userScenarioNamed } from '#simulators/scenario-file.ts'
import { userApi } from '#simulators/user-api.ts'
import { simulateUsers } from '#simulators/users.ts'
import { wallClock } from '#simulators/wall-clock.ts'
import { apiAddress } from '../ask-api.ts'
import { bearerFor } from '../bearer.ts'
import { CommandFailed } from '../command-failed.ts'
import { untilAsked } from '../until-asked.ts'
import { scenarioHelp, tellLine } from './played.ts'

const iterationFrom = (text: string): number => {
  const ms = Number(text)
  if (!Number.isInteger(ms) || ms < 1)
    throw new InvalidArgumentError('a whole number of milliseconds is wanted.')
  return ms
}

type UserOptions = { api?: string; scenario: string; iterationMs: number }

const simulateTheUsers = async ({ api, scenario, iterationMs }: UserOptions): Promise<void> => {
  const signal = untilAsked()
  const { submitted, refused } = await simulateUsers({
    api: userApi(apiAddress(api), await bearerFor(apiAddress(api)), signal),
    clock: wallClock,
    scenario: userScenarioNamed(scenario),
    iterationMs,
    signal,
    log: tellLine,
  }).catch((error: unknown) => {
    if (signal.aborted) throw new CommandFailed('ended before the scenario was over')
    if (!(error instanceof TypeError)) throw error
    throw new CommandFailed(`nothing answers at ${apiAddress(api)}; is it running? (npm start)`)
  })
  tellLine(`the scenario is over: ${submitted} submitted, ${refused} refused`)
}

export const userSimulatorCommand = (): Command =>
  new Command('users')
    .description('users who submit their request files by HTTP as a scenario says; ends with it')
    .option('--api <address>', 'of the API; by default HOST and PORT of the environment')
    .option('--scenario <name or file>', scenarioHelp, 'pyros-users')
    .option('--iteration-ms <number>', 'how long one iteration lasts', iterationFrom, 1_000)
    .action(simulateTheUsers)
