import { missions } from '#domain/alerts/missions/missions.ts'
import { dice, seedOf } from './dice.ts'
import type { Star } from './star-field.ts'

const farthestDeg = 0.03
const brightest = 13
const faintest = 16

/** The trigger that an object of an alert is named for; null for any other object, and for all tiles but the first. */
const triggerIn = (object: string): string | null => {
  const [trigger = '', tile] = object.split(' tile ')
  if (tile !== undefined && !tile.startsWith('1 of ')) return null
  return missions.some(({ name }) => trigger.startsWith(`${name}-`)) ? trigger : null
}

/**
 * In the simulated sky every alert is true: something shines near the place of each, always the same thing, a little
 * beside where the telescope points. It is in no catalogue.
 */
export const transientIn = (
  object: string,
  { raDeg, decDeg }: { readonly raDeg: number; readonly decDeg: number },
): Star | null => {
  const trigger = triggerIn(object)
  if (trigger === null) return null
  const roll = dice(seedOf(`transient/${trigger}`))
  const squeeze = Math.max(0.02, Math.cos((decDeg * Math.PI) / 180))
  const east = (roll() - 0.5) * 2 * farthestDeg
  const north = (roll() - 0.5) * 2 * farthestDeg
  return {
    raDeg: (((raDeg + east / squeeze) % 360) + 360) % 360,
    decDeg: Math.max(-90, Math.min(90, decDeg + north)),
    magnitude: brightest + roll() * (faintest - brightest),
  }
}
