import type { Direction, Rotation, Task } from './task.ts'

/** How fast an axis turns: degrees per second, and per second squared. */
export type Axis = { readonly speedDegS: number; readonly accelerationDegS2: number }

export type SlewingTelescope = {
  readonly azimuth: Axis
  readonly altitude: Axis
  readonly dome: Axis
  readonly settleS: number
  readonly acquireS: number
  readonly filterChangeS: number
  readonly readoutS: number
  /** From wherever the telescope stands at the start of a plan. */
  readonly firstS: number
}

/** What passes between the end of one exposure and the start of the next. */
export type SetupModel =
  | { readonly kind: 'fixed'; readonly seconds: number }
  | { readonly kind: 'slewing'; readonly telescope: SlewingTelescope }

/** The time an axis takes when it speeds up, runs and brakes. */
export const turnS = (deg: number, { speedDegS, accelerationDegS2 }: Axis): number => {
  const rampDeg = speedDegS ** 2 / accelerationDegS2
  return deg <= rampDeg
    ? 2 * Math.sqrt(deg / accelerationDegS2)
    : speedDegS / accelerationDegS2 + deg / speedDegS
}

const degrees = 180 / Math.PI

/** Altitude and azimuth (from north over east) in degrees. */
export const altAzOf = (direction: Direction, atS: number, rotation: Rotation): [number, number] => {
  const angle = rotation.angleRad + rotation.rateRadS * atS
  const [x, y, z] = direction
  const south = x * Math.cos(angle) + y * Math.sin(angle)
  const west = x * Math.sin(angle) - y * Math.cos(angle)
  const sine = rotation.sinLatitude * z + rotation.cosLatitude * south
  const north = rotation.cosLatitude * z - rotation.sinLatitude * south
  const azimuth = Math.atan2(-west, north) * degrees
  return [Math.asin(Math.max(-1, Math.min(1, sine))) * degrees, azimuth < 0 ? azimuth + 360 : azimuth]
}

/** The shorter way round between two azimuths. */
const turnBetween = (a: number, b: number): number => {
  const turn = Math.abs(a - b) % 360
  return turn > 180 ? 360 - turn : turn
}

/** Slewing starts when the exposure ends; the slowest of axes, dome, filter and readout decides. */
export const slewS = (
  telescope: SlewingTelescope,
  from: readonly [number, number],
  to: readonly [number, number],
): number => {
  const azimuth = turnBetween(from[1], to[1])
  return Math.max(
    turnS(azimuth, telescope.azimuth),
    turnS(Math.abs(from[0] - to[0]), telescope.altitude),
    turnS(azimuth, telescope.dome),
  )
}

const changesFilter = (from: Task, to: Task): boolean =>
  from.filterOut !== null && to.filterIn !== null && from.filterOut !== to.filterIn

/** Seconds from the end of one exposure, at `endS`, to the start of the next, given where both stand then. */
export const setupBetween = (
  telescope: SlewingTelescope,
  from: Task,
  to: Task,
  fromAltAz: readonly [number, number] | null,
  toAltAz: readonly [number, number] | null,
): number =>
  Math.max(
    telescope.readoutS,
    changesFilter(from, to) ? telescope.filterChangeS : 0,
    fromAltAz && toAltAz ? slewS(telescope, fromAltAz, toAltAz) : 0,
  ) +
  telescope.settleS +
  telescope.acquireS

/** The set-up as it will be, for an exposure that ends at `endS`. */
export const exactSetupS = (
  model: SetupModel,
  from: Task,
  to: Task,
  endS: number,
  rotation: Rotation,
): number => {
  if (model.kind === 'fixed') return model.seconds
  const at = (task: Task) => (task.direction ? altAzOf(task.direction, endS, rotation) : null)
  return setupBetween(model.telescope, from, to, at(from), at(to))
}

/** No set-up takes less. */
export const leastSetupS = (model: SetupModel): number =>
  model.kind === 'fixed'
    ? model.seconds
    : model.telescope.readoutS + model.telescope.settleS + model.telescope.acquireS

/** What the first exposure of a plan must wait for. */
export const firstSetupS = (model: SetupModel): number =>
  model.kind === 'fixed' ? model.seconds : model.telescope.firstS
