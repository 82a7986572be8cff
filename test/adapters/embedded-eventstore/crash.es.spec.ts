import { expect, it } from 'vitest'
import { verifyLog } from '#adapters/embedded-eventstore/tools/verify-log.ts'
import { killUnderLoad } from './crash.ts'
import { temporaryFolder } from './node.ts'

it('loses nothing and tears nothing when it is killed under load', async () => {
  const folder = temporaryFolder()
  const { acknowledged } = await killUnderLoad(folder.path, 4, Math.random)
  expect(acknowledged).toBeGreaterThan(0)
  expect((await verifyLog(folder.path)).problems).toEqual([])
  folder.remove()
})
