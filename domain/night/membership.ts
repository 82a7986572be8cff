import { nightEvents } from './events.ts'
import type { StoredEvent } from './hash-chain.ts'

const sealing = new Set<string>(nightEvents.map(({ type }) => type))

/** Part of the seal and so not of what is sealed. */
export const isOfSeal = ({ type }: { readonly type: string }): boolean => sealing.has(type)

/** Whether an event says of itself that it belongs to a site's night. */
export const isOf = ({ metadata }: StoredEvent, site: string, night: string): boolean =>
  typeof metadata === 'object' &&
  metadata !== null &&
  'night' in metadata &&
  metadata.night === night &&
  'site' in metadata &&
  metadata.site === site

export const isSimulated = ({ metadata }: StoredEvent): boolean =>
  typeof metadata === 'object' && metadata !== null && 'simulated' in metadata && metadata.simulated === true
