import { type NightEvent, nightEvents } from './events.ts'

const types: ReadonlySet<string> = new Set(nightEvents.map(({ type }) => type))

export const isNightEvent = (event: { readonly type: string }): event is NightEvent => types.has(event.type)

/** What an event of the night says, as one sentence in the observatory's log. */
export const nightSentence = (event: NightEvent): string => {
  switch (event.type) {
    case 'NightEventsHashed': {
      const { night, page } = event.data
      return `marks of the events of the night of ${night}, page ${page}`
    }
    case 'NightSealed': {
      const { night, count, rootHash } = event.data
      return `night of ${night} sealed: ${count} events, root ${rootHash.slice(0, 12)}…`
    }
  }
}
