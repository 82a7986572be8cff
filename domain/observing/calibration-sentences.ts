import type { CalibrationFrameAcquired } from './calibration-events.ts'

export const isCalibrationEvent = (event: { readonly type: string }): event is CalibrationFrameAcquired =>
  event.type === 'CalibrationFrameAcquired'

/** What a calibration frame says, as one sentence in the observatory's log. */
export const calibrationSentence = ({ data }: CalibrationFrameAcquired): string => {
  const { kind, number, exposureS, filter, detector, levelCounts, usable, file } = data
  const taken = kind === 'bias' ? '' : ` of ${exposureS} s${kind === 'flat' ? ` in ${filter}` : ''}`
  const level =
    levelCounts === null ? '' : `, ${Math.round(levelCounts)} counts${usable ? '' : ', of no use'}`
  return `${kind} ${number}${taken} by the ${detector} camera${level}: ${file}`
}
