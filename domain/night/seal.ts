import type { NightEvent, NightEventsHashed, NightSealed } from './events.ts'
import { algorithm, rootOf } from './hash-chain.ts'
import type { NightHash } from './night-hash.ts'
import { pagesOf } from './pages.ts'

/** A seal as it stands in the log: the event and the marks that belong to it. */
export type Seal = {
  readonly sealed: NightSealed['data']
  readonly runs: NightEventsHashed['data']['runs']
}

/** The events that seal a night: its marks in pages, then the seal. */
export const sealEvents = (
  site: string,
  night: string,
  hash: NightHash,
  marksPerPage?: number,
): NightEvent[] => {
  const streams = hash.streams()
  const rootHash = rootOf(site, night, streams)
  const pages = pagesOf(hash.runs(), marksPerPage)
  const about = { site, night, rootHash }
  return [
    ...pages.map(
      (runs, i): NightEvent => ({ type: 'NightEventsHashed', data: { ...about, page: i + 1, runs } }),
    ),
    {
      type: 'NightSealed',
      data: { ...about, algorithm, count: hash.count, streams, pages: pages.length },
    },
  ]
}

/** The first seal in a night's own stream holds; only the marks with its root count. Null if there is none. */
export const sealIn = (events: readonly NightEvent[]): Seal | null => {
  const first = events.find((event) => event.type === 'NightSealed')
  if (!first) return null
  const sealed = first.data
  const runs = events.flatMap((event) =>
    event.type === 'NightEventsHashed' && event.data.rootHash === sealed.rootHash ? event.data.runs : [],
  )
  return { sealed, runs }
}
