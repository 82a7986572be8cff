import type { Instant } from '#domain/shared/time.ts'
import { secondsBetween } from '#domain/shared/time.ts'
import type { Effective } from './effective.ts'
import type { NoticeKind } from './notice.ts'
import { placeText } from './sentences.ts'
import { galacticLatitudeDeg } from './sky.ts'
import type { Strategy } from './strategy.ts'
import type { GateVerdict } from './verdict.ts'

/** What the gates look at: the trigger as it stands, and the moment of the reaction. */
export type Judged = {
  readonly effective: Effective
  /** Of the notice that led here. */
  readonly kind: NoticeKind
  readonly at: Instant
  /** The notice was sent as a drill: only simulated devices may act on it. */
  readonly simulated: boolean
  readonly visibleS: number | null
  /** Requests that this strategy made this night, this trigger's own not counted. */
  readonly madeThisNight: number
}

type Gate = (strategy: Strategy, judged: Judged) => GateVerdict | null

const short = (value: number): number => Number(value.toPrecision(4))

const verdict = (
  gate: GateVerdict['gate'],
  passed: boolean,
  rest: Pick<GateVerdict, 'figure' | 'limit' | 'unit' | 'text'> & { readonly mayPassLater?: boolean },
): GateVerdict => ({ mayPassLater: false, ...rest, gate, passed })

const kindGate: Gate = (_, { kind }) =>
  verdict('kind', kind !== 'not-a-target', {
    figure: kind,
    limit: null,
    unit: '',
    text: kind === 'not-a-target' ? 'tells of no target' : 'tells of a source',
  })

const testGate: Gate = ({ drill }, { effective: { testSigns }, simulated }) => {
  const inDrill = testSigns.length > 0 && (drill || simulated)
  return verdict('test', testSigns.length === 0 || inDrill, {
    figure: testSigns.join(', ') || null,
    limit: null,
    unit: '',
    text:
      testSigns.length === 0
        ? 'no sign of a test'
        : `a test (${testSigns.join(', ')})${inDrill ? ', played through on simulated devices' : ''}`,
  })
}

const retractedGate: Gate = (_, { effective: { state } }) =>
  verdict('retracted', state === 'active', {
    figure: state,
    limit: 'active',
    unit: '',
    text: state === 'active' ? 'not retracted' : 'retracted by its mission',
    // A later notice may undo a retraction.
    mayPassLater: true,
  })

const positionGate: Gate = (_, { effective: { place, hasSkymap } }) =>
  verdict('position', place !== null, {
    figure: place ? placeText(place) : null,
    limit: null,
    unit: '',
    text: place ? placeText(place) : `no place yet${hasSkymap ? ', only a sky map' : ''}`,
    mayPassLater: true,
  })

const radiusGate: Gate = ({ gates: { maxErrorRadiusDeg } }, { effective: { place } }) => {
  if (!place) return null
  const r90Deg = place.error?.r90Deg ?? null
  return verdict('error-radius', r90Deg !== null && r90Deg <= maxErrorRadiusDeg, {
    figure: r90Deg === null ? null : short(r90Deg),
    limit: maxErrorRadiusDeg,
    unit: 'deg',
    text:
      r90Deg === null
        ? 'nobody says how large the error is'
        : `90 % within ${short(r90Deg)}°, at most ${maxErrorRadiusDeg}°`,
    mayPassLater: true,
  })
}

// Clocks differ; what is later than this is no clock's fault.
const aheadS = 300

const ageGate: Gate = ({ gates: { maxAgeS } }, { effective: { eventAt }, at }) => {
  const ageS = eventAt === null ? null : secondsBetween(eventAt, at)
  const passed = ageS !== null && ageS <= maxAgeS && ageS >= -aheadS
  return verdict('age', passed, {
    figure: ageS === null ? null : Math.round(ageS),
    limit: maxAgeS,
    unit: 's',
    text:
      ageS === null
        ? 'nobody says when it happened'
        : ageS < -aheadS
          ? `${eventAt} is in the future`
          : `${Math.round(ageS)} s old, at most ${maxAgeS} s`,
  })
}

const falseAlarmGate: Gate = ({ gates: { refusedHints } }, { effective: { falseAlarmHints } }) => {
  const refused = falseAlarmHints.filter((hint) =>
    refusedHints.some((listed) => hint === listed || hint.startsWith(`${listed}=`)),
  )
  return verdict('false-alarm', refused.length === 0, {
    figure: falseAlarmHints.join(', ') || null,
    limit: refusedHints.join(', ') || null,
    unit: '',
    text:
      refused.length > 0
        ? `looks like a false alarm: ${refused.join(', ')}`
        : falseAlarmHints.length > 0
          ? `noted: ${falseAlarmHints.join(', ')}`
          : 'no sign of a false alarm',
    mayPassLater: true,
  })
}

const rateHzGate: Gate = ({ gates: { maxFalseAlarmRateHz } }, { effective: { falseAlarmRateHz } }) => {
  if (maxFalseAlarmRateHz === undefined) return null
  return verdict('false-alarm-rate', falseAlarmRateHz !== null && falseAlarmRateHz <= maxFalseAlarmRateHz, {
    figure: falseAlarmRateHz,
    limit: maxFalseAlarmRateHz,
    unit: 'Hz',
    text: falseAlarmRateHz === null ? 'no rate given' : `${short(falseAlarmRateHz)} Hz`,
    mayPassLater: true,
  })
}

const signalGate: Gate = ({ gates: { minSignalToNoise } }, { effective: { signalToNoise } }) => {
  if (minSignalToNoise === undefined) return null
  return verdict('signal-to-noise', signalToNoise !== null && signalToNoise >= minSignalToNoise, {
    figure: signalToNoise,
    limit: minSignalToNoise,
    unit: 'sigma',
    text: signalToNoise === null ? 'none given' : `${signalToNoise}, at least ${minSignalToNoise}`,
    mayPassLater: true,
  })
}

const significanceGate: Gate = ({ gates: { significantOnly } }, { effective: { significant } }) => {
  if (!significantOnly) return null
  return verdict('significance', significant !== false, {
    figure: significant,
    limit: true,
    unit: '',
    text: significant === false ? 'its mission calls it not significant' : 'its mission does not doubt it',
    mayPassLater: true,
  })
}

const galacticGate: Gate = ({ gates: { minGalacticLatitudeDeg } }, { effective: { place } }) => {
  if (minGalacticLatitudeDeg === undefined || !place) return null
  const latitudeDeg = Math.abs(galacticLatitudeDeg(place))
  return verdict('galactic-latitude', latitudeDeg >= minGalacticLatitudeDeg, {
    figure: short(latitudeDeg),
    limit: minGalacticLatitudeDeg,
    unit: 'deg',
    text: `${short(latitudeDeg)}° from the galactic plane, at least ${minGalacticLatitudeDeg}°`,
  })
}

const visibilityGate: Gate = ({ gates: { minVisibleS }, request: { validS } }, { visibleS }) => {
  if (visibleS === null) return null
  return verdict('visibility', visibleS >= minVisibleS && visibleS > 0, {
    figure: Math.round(visibleS),
    limit: minVisibleS,
    unit: 's',
    text: `${Math.round(visibleS)} s in the dark, high enough and away from the Moon within ${validS} s, at least ${minVisibleS} s`,
  })
}

const nightlyGate: Gate = ({ gates: { maxPerNight } }, { madeThisNight }) =>
  verdict('rate', madeThisNight < maxPerNight, {
    figure: madeThisNight,
    limit: maxPerNight,
    unit: 'per night',
    text: `${madeThisNight} this night already, at most ${maxPerNight}`,
  })

const gates: readonly Gate[] = [
  kindGate,
  testGate,
  retractedGate,
  positionGate,
  radiusGate,
  ageGate,
  falseAlarmGate,
  rateHzGate,
  signalGate,
  significanceGate,
  galacticGate,
  visibilityGate,
  nightlyGate,
]

/** Every gate that a strategy has, asked whether another is shut already or not. */
export const askGates = (strategy: Strategy, judged: Judged): GateVerdict[] =>
  gates.flatMap((gate) => gate(strategy, judged) ?? [])
