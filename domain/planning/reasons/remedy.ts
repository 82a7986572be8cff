import type { Reason } from './reason.ts'
import { degrees, rounded, span } from './say.ts'

const quota = ({ level, of, leftS, plannedS, neededS }: Extract<Reason, { code: 'QUOTA_USER' }>['figures']) =>
  `${level} ${of} would need ${span(Math.max(1, neededS - Math.max(0, leftS - plannedS)))} more quota, or less of it planned for others`

const crowded = ({
  displaces,
  scoreDifference,
  neededS,
  longestFreeS,
}: Extract<Reason, { code: 'NO_FREE_INTERVAL' }>['figures']): string =>
  scoreDifference === null
    ? `something else in its time would have to end, or it would have to fit into ${span(longestFreeS)} instead of ${span(neededS)}`
    : `it would have to be worth ${rounded(Math.abs(scoreDifference), 2)} more by a better priority${displaces.length > 0 ? `, or ${displaces.slice(0, 3).join(', ')} be withdrawn` : ''}, or ask for a wider window`

/** What would have to be otherwise for a candidate to be planned, as a sentence. */
export const remedyOf = (reason: Reason): string => {
  switch (reason.code) {
    case 'NIGHT_EMPTY':
      return 'another night: in this one it never gets dark'
    case 'WINDOW_TOO_SHORT':
      return `a window of ${span(reason.figures.neededS)} or more, or a shorter observation`
    case 'WINDOW_PASSED':
      return 'a window that is still to come'
    case 'OUTSIDE_NIGHT':
      return `a window that overlaps the night for ${span(reason.figures.neededS)}, or another night`
    case 'DOME_CLOSED':
      return `the dome open for ${span(reason.figures.neededS)} in its time`
    case 'SUN_TOO_HIGH':
      return `a limit for the Sun above ${degrees(reason.figures.limitDeg)}, or an observation of at most ${span(reason.figures.darkS)}`
    case 'BELOW_LIMIT':
      if (reason.figures.everDeg <= 0) return 'another observatory: it never rises here'
      return reason.figures.everDeg < reason.figures.limitDeg
        ? `a limit of at most ${degrees(reason.figures.everDeg)}: it never gets higher here`
        : `a limit ${degrees(reason.figures.shortByDeg)} lower, or a night in another season`
    case 'ABOVE_TOO_SHORTLY':
      return `a lower limit than ${degrees(reason.figures.limitDeg)}, or an observation of at most ${span(reason.figures.longestS)}`
    case 'BEHIND_HORIZON':
      return `an observation of at most ${span(reason.figures.longestS)}, or a night in another season: the horizon hides it`
    case 'HOUR_ANGLE':
      return `a wider limit of the hour angle than ${reason.figures.limitH} h, or an observation of at most ${span(reason.figures.longestS)}`
    case 'CADENCE_DONE':
      return 'nothing: it was observed as often as was asked for'
    case 'CADENCE_NOT_DUE':
      return 'patience: its next turn is still to come'
    case 'TOO_NEAR_ZENITH':
      return `an observation of at most ${span(reason.figures.longestS)}, which ends before the zenith or begins after it`
    case 'MOON_TOO_NEAR':
      return `a distance from the Moon of less than ${degrees(reason.figures.limitDeg)}, or another night`
    case 'MOON_TOO_BRIGHT':
      return `a limit of the Moon's illumination above ${rounded(reason.figures.illumination, 2)}, or a night with less of it`
    case 'QUOTA_USER':
    case 'QUOTA_COUNTRY':
    case 'QUOTA_PROGRAMME':
      return quota(reason.figures)
    case 'NO_FREE_INTERVAL':
    case 'DISPLACED':
      return crowded(reason.figures)
    case 'SEARCH_LIMIT':
      return 'nothing: the next plan will find its place'
  }
}
