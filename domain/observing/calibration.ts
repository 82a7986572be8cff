import type { Decider } from '#domain/shared/decider.ts'
import type { CalibrationFrame, CalibrationFrameAcquired } from './calibration-events.ts'

/** Commands to the calibrations of a night, `calibration-<site>-<night>`. */
export type CalibrationCommand = { readonly type: 'RecordFrame'; readonly night: string } & CalibrationFrame

/** Frames on record. */
export type CalibrationState = ReadonlySet<string>

/** A night's calibration frames, each on record once. */
export const calibration: Decider<CalibrationState, CalibrationCommand, CalibrationFrameAcquired> = {
  initial: new Set(),
  evolve: (state, { data }) => new Set([...state, data.imageId]),
  decide: ({ type: _, night: __, ...data }, state) =>
    state.has(data.imageId) ? [] : [{ type: 'CalibrationFrameAcquired', data }],
}
