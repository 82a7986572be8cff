import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { EnvironmentAssessed, Flag } from './events.ts'
import { flag } from './flags.ts'
import type { SafetyRules } from './limits.ts'
import type { Sample } from './samples.ts'

export type SensorMemory = EnvironmentAssessed['data']['sensors']

type Thawed = {
  readonly samples: readonly Sample[]
  readonly memory: SensorMemory
  readonly flags: readonly Flag[]
}

/**
 * Leaves out sensors that have said the same for too long: an iced anemometer reads a steady 0.
 * Remembers since when each of the others has said what it says.
 */
export const withoutFrozen = (
  samples: readonly Sample[],
  before: SensorMemory,
  rules: SafetyRules,
  at: Instant,
): Thawed => {
  const live: Sample[] = []
  const memory: SensorMemory = {}
  const flags: Flag[] = []
  for (const sample of samples) {
    const { key, sensor, measured } = sample
    const frozenAfterS = sensor.quantity ? rules.limits[sensor.quantity].frozenAfterS : null
    if (frozenAfterS === null) {
      live.push(sample)
      continue
    }
    const known = before[key]
    const changedAt = known && known.value === measured ? known.changedAt : at
    memory[key] = { value: measured, changedAt }
    if (secondsBetween(changedAt, at) < frozenAfterS) live.push(sample)
    else flags.push(flag('FROZEN_VALUE', sample.device.name, `${measured} since ${changedAt}`, sample.value))
  }
  return { samples: live, memory, flags }
}
