import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userScenarioNamed } from '#simulators/scenario-file.ts'
import { userApi } from '#simulators/user-api.ts'
import { simulateUsers } from '#simulators/users.ts'
import { wallClock } from '#simulators/wall-clock.ts'
import { localEnv } from '#test/support/access.ts'
import { startRequestsApi } from '#test/support/requests-api.ts'

let api: Awaited<ReturnType<typeof startRequestsApi>>
beforeAll(async () => {
  api = await startRequestsApi()
})
afterAll(() => api[Symbol.asyncDispose]())

const play = async (base: string, signal = new AbortController().signal) => {
  const lines: string[] = []
  const done = await simulateUsers({
    api: userApi(base, localEnv.NOCTUARY_TOKEN, signal),
    clock: wallClock,
    scenario: userScenarioNamed('pyros-users'),
    iterationMs: 1,
    signal,
    log: (line) => lines.push(line),
  })
  return { done, lines }
}

describe('simulated users', () => {
  it("P21 P22 register themselves, submit PYROS's requests in order, and end by themselves", async () => {
    const { done, lines } = await play(api.url)
    expect(done).toEqual({ submitted: 10, refused: 0 })
    expect(lines.map((line) => line.split(' ')[0])).toEqual([
      '1',
      '2',
      '4',
      '5',
      '10',
      '11',
      '15',
      '16',
      '18',
      '33',
    ])
    const { body } = await api.get('/api/requests?user=simulated-user&status=SUBMITTED')
    expect(body.items).toHaveLength(10)
    expect(body.items.every(({ simulated }: { simulated: boolean }) => simulated)).toBe(true)
  })

  it('may play again: who is there already is no obstacle, and their requests are others', async () => {
    expect((await play(api.url)).done).toEqual({ submitted: 10, refused: 0 })
    expect((await api.get('/api/requests?user=simulated-user&limit=100')).body.items).toHaveLength(20)
  })

  it('say so when nothing answers, and end when they are asked to', async () => {
    await expect(play('http://127.0.0.1:1')).rejects.toThrow('fetch failed')
    await expect(play(api.url, AbortSignal.abort(new Error('asked to')))).rejects.toThrow('asked to')
  })
})
