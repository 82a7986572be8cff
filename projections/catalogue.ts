import { alerts } from './alerts/projection.ts'
import type { Projection } from './engine/definition.ts'
import { environment } from './environment/projection.ts'
import { journal } from './journal/projection.ts'
import { sitewatch } from './sitewatch/projection.ts'
import { weatherwatch } from './weatherwatch/projection.ts'

/** Every projection there is. */
export const projections: readonly Projection[] = [weatherwatch, sitewatch, environment, journal, alerts]
