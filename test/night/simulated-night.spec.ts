import { describe, expect, it } from 'vitest'
import { logSenders, senderOf } from '#domain/live/senders.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { parseNightScenario } from '#simulators/night-scenario.ts'
import { lived } from '../support/simulated-night.ts'

const declared = new Set(
  Object.entries(logSenders).flatMap(([sender, { events }]) => events.map((type) => `${sender} ${type}`)),
)
const read = (json: unknown) => parseNightScenario(json, { site: sanPedroMartir, folder: '.' })

describe('one seed', { timeout: 120_000 }, () => {
  const stretch = {
    start: 'observing-60',
    end: 'observing+600',
    happens: [
      { at: 100, weather: { windMs: 16 } },
      { at: 200, plcSimulator: { outage: 20 } },
      { at: 300, domeSimulator: { outage: 15 } },
    ],
  }

  it('gives the same log twice, and another seed another', async () => {
    const [once, twice] = [await lived(read(stretch)), await lived(read(stretch))]
    expect(twice.rootHash).toBe(once.rootHash)
    expect(twice.log.map(({ id }) => id)).toEqual(once.log.map(({ id }) => id))
    // What a sender says and does not declare, nobody could listen to.
    const undeclared = once.log
      .map(({ type, metadata }) => `${senderOf(metadata.actor)} ${type}`)
      .filter((said) => !declared.has(said))
    expect(new Set(undeclared)).toEqual(new Set())
    expect((await lived(read({ ...stretch, seed: 2 }))).rootHash).not.toBe(once.rootHash)
  })
})
