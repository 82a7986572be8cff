import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig } from '#api/config.ts'
import { simulateNight } from '#api/simulation/simulate-night.ts'
import { nightNamed } from '#simulators/night-file.ts'
import type { NightScenario } from '#simulators/night-scenario.ts'
import type { Bench } from './bench.ts'
import { rounded } from './statistics.ts'

const once = async (scenario: NightScenario) => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'noctuary-night-'))
  const before = process.cpuUsage()
  try {
    const night = await simulateNight({
      config: readConfig({}),
      scenario,
      dataDir,
      speed: null,
      say: () => {},
    })
    const { user, system } = process.cpuUsage(before)
    return { ...night, cpuS: (user + system) / 1e6 }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Ten hours of everything at once, twice with one seed. */
export const night: Bench = {
  name: 'night',
  about: 'a ten-hour night of everything at once at full speed, twice with one seed',
  run: async ({ quick }) => {
    const { SITE: site } = readConfig({})
    const whole = nightNamed('everything-at-once', { site })
    const scenario = quick ? { ...whole, endsAtMs: whole.startsAtMs + 3_600_000 } : whole
    const [first, second] = [await once(scenario), await once(scenario)]
    const figures = {
      simSeconds: first.simulatedS,
      wallSeconds: rounded(Math.max(first.wallS, second.wallS)),
      cpuSeconds: rounded(Math.max(first.cpuS, second.cpuS)),
      sameHash: first.rootHash === second.rootHash,
      unsafeOpenSeconds: Math.max(first.unsafeOpenS, second.unsafeOpenS),
    }
    console.table(figures)
    return figures
  },
}
