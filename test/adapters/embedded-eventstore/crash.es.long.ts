import { expect, it } from 'vitest'
import { verifyLog } from '#adapters/embedded-eventstore/tools/verify-log.ts'
import { killUnderLoad } from './crash.ts'
import { temporaryFolder } from './node.ts'

const kills = 200

it(`loses nothing and tears nothing when it is killed ${kills} times under load`, {
  timeout: 1_200_000,
}, async () => {
  const folder = temporaryFolder()
  const { acknowledged } = await killUnderLoad(folder.path, kills, Math.random)
  expect(acknowledged).toBeGreaterThan(kills)
  const report = await verifyLog(folder.path)
  expect(report.problems).toEqual([])
  expect(report.events).toBeGreaterThan(acknowledged)
  folder.remove()
})
