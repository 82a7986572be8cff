import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lastingProgram } from '#adapters/lasting-program.ts'
import { testFolder } from '#test/support/test-folder.ts'

const script = fileURLToPath(new URL('lasting.program.ts', import.meta.url))

describe('a program that outlives who started it', () => {
  it('W5 is found again by the next one, who hears of its end and then starts another', async () => {
    const folder = await testFolder()
    const find = () =>
      lastingProgram({ name: 'one', folder: folder.path, script, args: [], env: process.env })
    const begun = await find()
    const found = await find()
    expect(found.pid).toBe(begun.pid)
    process.kill(found.pid, 'SIGKILL')
    expect(await begun.exited).toEqual({ code: null, signal: 'SIGKILL' })
    // Nobody tells of the end of what is not a child of one’s own, but that it has come.
    expect(await found.exited).toEqual({ code: null, signal: null })
    const another = await find()
    expect(another.pid).not.toBe(begun.pid)
    await another.stop()
    expect(await another.exited).toEqual({ code: null, signal: 'SIGTERM' })
    await folder.remove()
  })
})
