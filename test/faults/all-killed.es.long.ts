import { expect, it } from 'vitest'
import { familyOf, isAlive } from '#test/api/cli/family.ts'
import { newObservatory, noctuary } from '#test/api/cli/observatory.ts'

it('P52, P53 noctuary start recovers by itself after everything was killed with -9', async () => {
  await using observatory = await newObservatory()
  const first = noctuary(['start'], observatory.env)
  const before = await observatory.rows(5)
  const family = await familyOf(first.child.pid ?? 0)
  for (const pid of family) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  await first.ended
  const second = noctuary(['start'], observatory.env)
  const after = await observatory.rows(before.length + 3)
  expect(after).toEqual(expect.arrayContaining(before))
  expect(new Set(after).size).toBe(after.length)
  second.child.kill('SIGINT')
  expect((await second.ended).code).toBe(0)
})
