import { agents } from './agents/projection.ts'
import { alerts } from './alerts/projection.ts'
import type { Projection } from './engine/definition.ts'
import { environment } from './environment/projection.ts'
import { journal } from './journal/projection.ts'
import { programmes } from './programmes/projection.ts'
import { quotas } from './quotas/projection.ts'
import { requests } from './requests/projection.ts'
import { schedule } from './schedule/projection.ts'
import { sequences } from './sequences/projection.ts'
import { sitewatch } from './sitewatch/projection.ts'
import { users } from './users/projection.ts'
import { weatherwatch } from './weatherwatch/projection.ts'

/** Every projection there is. */
export const projections: readonly Projection[] = [
  weatherwatch,
  sitewatch,
  environment,
  journal,
  agents,
  alerts,
  users,
  programmes,
  quotas,
  requests,
  sequences,
  schedule,
  alerts,
]
