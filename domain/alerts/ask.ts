import { constraintsSchema } from '#domain/planning/input.ts'
import type { RequestContent } from '#domain/requests/events.ts'
import type { Sequence } from '#domain/requests/sequence.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'
import type { Place, SkyMapDigest } from './notice.ts'
import type { SkyPoint } from './sky.ts'
import { tilesOverMap } from './skymap/map-tiles.ts'
import type { Strategy } from './strategy.ts'
import { tilesOver } from './tiles.ts'

type Ask = Strategy['request']

/** The detectors expose side by side, so the longest decides. */
const durationS = ({ albums, overheadS }: Ask): number => {
  const perDetector = new Map<string, number>()
  for (const { detector, plans } of albums) {
    const seconds = plans.reduce((sum, { images, exposureS }) => sum + images * (exposureS + overheadS), 0)
    perDetector.set(detector, (perDetector.get(detector) ?? 0) + seconds)
  }
  return Math.max(...perDetector.values())
}

/** A sky map is tiled by its own shape, an error circle by its radius. */
const fieldsOf = ({ pattern }: Ask, { place, skymap }: Pick<AskFor, 'place' | 'skymap'>): SkyPoint[] => {
  if (pattern.kind === 'centred') return [place]
  return skymap ? tilesOverMap(skymap, pattern) : tilesOver(place, place.error?.r90Deg ?? 0, pattern)
}

export type AskFor = {
  readonly strategy: Strategy
  readonly place: Place
  /** The sky map that the place is of, if it is of one. */
  readonly skymap: SkyMapDigest | undefined
  readonly trigger: string
  readonly requestId: string
  /** The moment of the reaction: the request is valid from here. */
  readonly at: Instant
  readonly simulated: boolean
}

const sequenceOf = (
  { strategy: { request: ask }, trigger, requestId, at }: AskFor,
  { raDeg, decDeg }: SkyPoint,
  index: number,
  fields: number,
): Sequence => {
  const name = fields === 1 ? trigger : `${trigger} tile ${index + 1} of ${fields}`
  return {
    id: `${requestId}.${index + 1}`,
    name,
    target: { name, raDeg, decDeg },
    durationS: durationS(ask),
    priority: ask.priority,
    tier: 'alert',
    windows: [{ from: at, until: addSeconds(at, ask.validS) }],
    constraints: constraintsSchema.parse(ask.constraints),
    preferredAt: null,
    preferredToleranceS: 3600,
    cadence: ask.cadence,
    minQuality: ask.minQuality,
    albums: ask.albums,
  }
}

/** The request that a strategy makes of a trigger at a place. */
export const requestFor = (asking: AskFor): RequestContent => {
  const { strategy, trigger, requestId, simulated } = asking
  const fields = fieldsOf(strategy.request, asking)
  return {
    requestId,
    name: `alert ${trigger}`,
    userId: strategy.request.userId,
    country: null,
    programmeId: strategy.request.programmeId,
    targetType: 'alert',
    alert: { triggerId: trigger, level: strategy.request.level },
    sequences: fields.map((field, index) => sequenceOf(asking, field, index, fields.length)),
    warnings: [],
    source: simulated ? 'fake' : 'alert',
  }
}
