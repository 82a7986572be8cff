import { nightSealed } from '#domain/night/events.ts'
import { isOfSeal } from '#domain/night/membership.ts'
import { type SealCheck, SealComparison } from '#domain/night/seal-check.ts'
import { loadSeal, sealEventOf } from './load-seal.ts'
import { type NightName, NightUnknown, nightEvents } from './night-events.ts'
import type { NightLog } from './night-log.ts'

/** There are events and nothing to compare them with. */
export class NightNotSealed extends Error {
  constructor({ site, night }: NightName) {
    super(`the night of ${night} at ${site} was never sealed; there is nothing to compare it with`)
    this.name = 'NightNotSealed'
  }
}

const hasEvents = async (log: NightLog, name: NightName): Promise<boolean> => {
  for await (const _ of nightEvents(log, name)) return true
  return false
}

/** Hashes a night again and compares it with its seal. Throws {@link NightUnknown} and {@link NightNotSealed}. */
export const verifyNight = async (log: NightLog, name: NightName): Promise<SealCheck> => {
  const seal = await loadSeal(log, name)
  if (!seal) throw (await hasEvents(log, name)) ? new NightNotSealed(name) : new NightUnknown(name)
  const comparison = new SealComparison(seal)
  for await (const event of nightEvents(log, name)) if (!isOfSeal(event)) comparison.add(event)
  return comparison.result()
}

/** The sealed nights of a site, oldest first. */
export const sealedNights = async (log: NightLog, site: string): Promise<string[]> => {
  const nights = new Set<string>()
  for await (const batch of log.scan({ types: [nightSealed.type] })) {
    for (const stored of batch) {
      const event = sealEventOf(stored)
      if (event?.type === 'NightSealed' && event.data.site === site) nights.add(event.data.night)
    }
  }
  return [...nights].sort()
}
