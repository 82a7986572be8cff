import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Clock } from '#domain/shared/clock.ts'
import type { Answer, UserApi } from './user-api.ts'
import type { UserScenario } from './user-scenario.ts'

type Options = {
  readonly api: UserApi
  readonly clock: Clock
  readonly scenario: UserScenario
  readonly iterationMs?: number
  readonly signal: AbortSignal
  readonly log: (line: string) => void
}

const programmeIn = (file: string): string | undefined => {
  const text = readFileSync(file, 'utf8')
  const called = /(?:scientific_program|"programme")\s*[=:]\s*["']([^"']+)["']/.exec(text)?.[1]
  return called?.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

// 409: it is there already, from an earlier run.
const isThere = ({ status }: Answer): boolean => status < 300 || status === 409

/** Sees to it that the users and programmes of a scenario are known; says which could not be made. */
const introduce = async ({ api, scenario, log }: Options): Promise<void> => {
  const users = new Set(scenario.submissions.map(({ user }) => user))
  for (const user of users) {
    const answer = await api.register(user)
    if (!isThere(answer)) log(`user ${user} is not registered: ${answer.status} ${answer.text}`)
  }
  const programmes = new Map(
    scenario.submissions.flatMap(({ file, user }) => {
      const programme = programmeIn(file)
      return programme === undefined ? [] : [[programme, user] as const]
    }),
  )
  for (const [programme, user] of programmes) {
    const answer = await api.open(programme, user)
    if (!isThere(answer)) log(`programme ${programme} is not opened: ${answer.status} ${answer.text}`)
  }
}

/**
 * Users who submit their request files by HTTP at their times (P21, P22); resolves when the scenario is over (P56). A file
 * that is refused is told and the next one goes on; rejects when nothing answers, and with the signal's reason.
 */
export const simulateUsers = async (options: Options): Promise<{ submitted: number; refused: number }> => {
  const { api, clock, scenario, iterationMs = 1_000, signal, log } = options
  await introduce(options)
  const startedAt = clock.now()
  const done = { submitted: 0, refused: 0 }
  for (const [index, { time, file, user }] of scenario.submissions.entries()) {
    await clock.sleepUntil(startedAt + time * iterationMs, signal)
    const { status, text } = await api.submit(file, user, `${startedAt}/${index}`)
    done[status < 300 ? 'submitted' : 'refused']++
    log(
      `${time} ${user} ${path.basename(file)}: ${status < 300 ? 'submitted' : `refused, ${status} ${text}`}`,
    )
  }
  await clock.sleepUntil(startedAt + scenario.iterations * iterationMs, signal)
  return done
}
