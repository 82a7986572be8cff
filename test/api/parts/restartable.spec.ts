import { describe, expect, it } from 'vitest'
import { restartable } from '#api/parts/restartable.ts'

const parts = () => {
  const happened: string[] = []
  let made = 0
  const make = () => {
    made += 1
    const number = made
    happened.push(`made ${number}`)
    return {
      status: () => ({ name: 'monitor', state: 'up' as const, detail: `number ${number}` }),
      stop: async () => void happened.push(`stopped ${number}`),
    }
  }
  return { happened, make }
}

describe('W4 a part that people stop and start', () => {
  it('is made anew after it has ended', async () => {
    const { happened, make } = parts()
    const part = restartable('monitor', make)
    await part.order('restart')
    expect(happened).toEqual(['made 1', 'stopped 1', 'made 2'])
    expect(part.status().detail).toBe('number 2')
  })

  it('says that it was stopped by hand until it is started', async () => {
    const { make } = parts()
    const part = restartable('monitor', make)
    await part.order('stop')
    expect(part.status()).toEqual({ name: 'monitor', state: 'stopped', detail: 'stopped by hand' })
    await part.order('start')
    expect(part.status().state).toBe('up')
  })

  it('does one order after another, and none after its end', async () => {
    const { happened, make } = parts()
    const part = restartable('monitor', make)
    await Promise.all([part.order('restart'), part.order('start'), part.order('restart')])
    await part.stop()
    await part.order('start')
    expect(happened).toEqual(['made 1', 'stopped 1', 'made 2', 'stopped 2', 'made 3', 'stopped 3'])
  })
})
