import type { Alert, Schedule, SiteAnswer } from '../../../answers.ts'
import { type Horizontal, horizontalOf } from './coordinates.ts'

export type Mark = Horizontal & {
  readonly id: string
  readonly name: string
  readonly kind: 'target' | 'observed now' | 'past' | 'alert'
  readonly startsAt: string | null
}

type Given = {
  readonly schedule: Schedule | null
  readonly alerts: readonly Alert[]
  readonly observing: string | null
  readonly site: SiteAnswer
  readonly ms: number
}

/** The places in the sky that matter at an instant: the plan's targets and the alerts that are acted on. */
export const marksOf = ({ schedule, alerts, observing, site, ms }: Given): Mark[] => {
  const targets = (schedule?.entries ?? []).flatMap((entry): Mark[] => {
    const { sequenceId, occurrence, name, raDeg, decDeg, startsAt, endsAt } = entry
    if (raDeg === null || decDeg === null) return []
    const kind = sequenceId === observing ? 'observed now' : Date.parse(endsAt) < ms ? 'past' : 'target'
    return [
      {
        id: `${sequenceId}#${occurrence}`,
        name,
        kind,
        startsAt,
        ...horizontalOf({ raDeg, decDeg }, site, ms),
      },
    ]
  })
  const alarms = alerts
    .filter(({ state, cancelled, outcome }) => state === 'active' && !cancelled && outcome !== 'ignore')
    .filter(({ request_id }) => !(schedule?.entries ?? []).some(({ requestId }) => requestId === request_id))
    .flatMap(({ trigger, ra_deg: raDeg, dec_deg: decDeg }): Mark[] =>
      raDeg === null || decDeg === null
        ? []
        : [
            {
              id: trigger,
              name: trigger,
              kind: 'alert',
              startsAt: null,
              ...horizontalOf({ raDeg, decDeg }, site, ms),
            },
          ],
    )
  return [...targets, ...alarms]
}
