import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { scenarioPath, userScenarioNamed } from '#simulators/scenario-file.ts'
import { ScenarioError } from '#simulators/timeline.ts'
import { parseUserScenario } from '#simulators/user-scenario.ts'

const folder = path.dirname(scenarioPath('pyros-users'))
const request = 'pyros-requests/routine_request_01.xml'

const refusal = (...entries: unknown[]): [number | null, string] => {
  try {
    parseUserScenario([10, ...entries], folder)
  } catch (error) {
    if (error instanceof ScenarioError) return [error.index, error.message]
    throw error
  }
  return [null, 'taken']
}

describe("the users' part of a scenario", () => {
  it("P21 submits PYROS's ten requests at its times, and leaves the rain to the PLC", () => {
    const { iterations, submissions } = userScenarioNamed('pyros-users')
    expect(iterations).toBe(200)
    expect(submissions.map(({ time, file }) => [time, path.basename(file)])).toEqual(
      [1, 2, 4, 5, 10, 11, 15, 16, 18, 33].map((time, i) => [
        time,
        `routine_request_${`${i + 1}`.padStart(2, '0')}.xml`,
      ]),
    )
  })

  it('P24 is refused with its index for what it does not know', () => {
    expect(refusal({ time: 1, userSimulator: request }, { time: 2, userSimulator: 'gone.xml' })).toEqual([
      2,
      'scenario element 2: there is no request file gone.xml beside the scenario',
    ])
    expect(refusal({ time: 1, userSimulator: 'request.yaml' })).toEqual([
      1,
      expect.stringContaining('ends in .xml or .json'),
    ])
    expect(refusal({ time: 1, userSimulator: { file: request, mood: 'good' } })).toEqual([
      1,
      expect.stringContaining('mood'),
    ])
    expect(refusal({ time: 1, userSimulators: request })).toEqual([
      1,
      expect.stringContaining('userSimulators'),
    ])
    expect(refusal({ time: 1, userSimulator: { file: request, user: 'ana' } })).toEqual([null, 'taken'])
  })
})
