import { secondsBetween } from '#domain/shared/time.ts'
import { type Gate, short, verdict } from './gate.ts'

// Clocks differ; what is later than this is no clock's fault.
const aheadS = 300

export const ageGate: Gate = ({ gates: { maxAgeS } }, { effective: { eventAt }, at }) => {
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

export const falseAlarmGate: Gate = ({ gates: { refusedHints } }, { effective: { falseAlarmHints } }) => {
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

export const rateHzGate: Gate = ({ gates: { maxFalseAlarmRateHz } }, { effective: { falseAlarmRateHz } }) => {
  if (maxFalseAlarmRateHz === undefined) return null
  return verdict('false-alarm-rate', falseAlarmRateHz !== null && falseAlarmRateHz <= maxFalseAlarmRateHz, {
    figure: falseAlarmRateHz,
    limit: maxFalseAlarmRateHz,
    unit: 'Hz',
    text: falseAlarmRateHz === null ? 'no rate given' : `${short(falseAlarmRateHz)} Hz`,
    mayPassLater: true,
  })
}

export const signalGate: Gate = ({ gates: { minSignalToNoise } }, { effective: { signalToNoise } }) => {
  if (minSignalToNoise === undefined) return null
  return verdict('signal-to-noise', signalToNoise !== null && signalToNoise >= minSignalToNoise, {
    figure: signalToNoise,
    limit: minSignalToNoise,
    unit: 'sigma',
    text: signalToNoise === null ? 'none given' : `${signalToNoise}, at least ${minSignalToNoise}`,
    mayPassLater: true,
  })
}

export const significanceGate: Gate = ({ gates: { significantOnly } }, { effective: { significant } }) => {
  if (!significantOnly) return null
  return verdict('significance', significant !== false, {
    figure: significant,
    limit: true,
    unit: '',
    text: significant === false ? 'its mission calls it not significant' : 'its mission does not doubt it',
    mayPassLater: true,
  })
}
