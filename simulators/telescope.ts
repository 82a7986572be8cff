import { z } from 'zod'
import {
  type Horizontal,
  horizontalOf,
  type SkyPosition,
  separationDeg,
  sunAt,
} from '#domain/devices/pointing.ts'
import { hardLimitDeg, type TelescopeStatus } from '#domain/devices/telescope.ts'
import type { Fault } from '#domain/devices/wire.ts'
import type { Site } from '#domain/shared/site.ts'
import { Axis } from './axis.ts'
import { type Refusal, type Reported, refuse, type SimulatedDevice, unknownCommand } from './device.ts'
import type { FaultKind } from './device-scenario.ts'

/** Degrees and seconds; half a turn takes 47 s, a usual way less than 20. The planner's defaults. */
const axisLimits = { speed: 4, acceleration: 2 }
const focusLimits = { speed: 0.5, acceleration: 0.5 }
const parkPosition: Horizontal = { altitudeDeg: 90, azimuthDeg: 0 }
const sunRadiusDeg = 30

const commands = ['UNPARK', 'PARK', 'GO_TO', 'POINT', 'STOP', 'FOCUS_OFFSET', 'RESET']
const skyPosition = z.object({ raDeg: z.number(), decDeg: z.number() })
const direction = z.object({ altitudeDeg: z.number(), azimuthDeg: z.number() })
const focus = z.object({ offsetMm: z.number() })

type Goal =
  | { kind: 'park' }
  | { kind: 'direction'; at: Horizontal }
  | { kind: 'target'; at: SkyPosition }
  | { kind: 'none' }

const nearest = (goalDeg: number, fromDeg: number): number =>
  fromDeg + ((((goalDeg - fromDeg) % 360) + 540) % 360) - 180

/** An alt-azimuth telescope that slews, tracks, parks and keeps out of its limits and of the Sun. */
export class SimulatedTelescope implements SimulatedDevice {
  readonly from = 'TelescopeSimulator'
  readonly #site: Site
  readonly #altitude = new Axis(parkPosition.altitudeDeg, axisLimits)
  readonly #azimuth = new Axis(parkPosition.azimuthDeg, axisLimits)
  readonly #focus = new Axis(0, focusLimits)
  #goal: Goal = { kind: 'park' }
  #onTarget = false
  #belowLimit = false
  #faults: ReadonlySet<FaultKind> = new Set()

  constructor(site: Site) {
    this.#site = site
  }

  status(nowMs: number): Reported {
    this.#live(nowMs)
    const at = this.#position(nowMs)
    const wanted = this.#wanted(nowMs)
    const parked = this.#goal.kind === 'park' && !this.#moving(nowMs)
    const state: TelescopeStatus = {
      state: this.#says(nowMs, parked),
      altitudeDeg: at.altitudeDeg,
      azimuthDeg: ((at.azimuthDeg % 360) + 360) % 360,
      errorDeg: wanted ? separationDeg(at, wanted) : null,
      parkSwitch: parked && !this.#faults.has('limit-switch'),
      target: this.#goal.kind === 'target' ? this.#goal.at : null,
      focusOffsetMm: this.#focus.at(nowMs),
      focusing: this.#focus.moving(nowMs),
    }
    return { state, faults: this.#ails() }
  }

  tell(name: string, parameters: Readonly<Record<string, unknown>>, nowMs: number): Refusal | null {
    this.#live(nowMs)
    switch (name) {
      case 'UNPARK':
        if (this.#goal.kind === 'park') this.#stop(nowMs)
        return null
      case 'PARK':
        this.#go({ kind: 'park' }, nowMs)
        return null
      case 'GO_TO':
        return this.#goWhereAllowed({ kind: 'target', at: skyPosition.parse(parameters) }, nowMs)
      case 'POINT':
        return this.#goWhereAllowed({ kind: 'direction', at: direction.parse(parameters) }, nowMs)
      case 'STOP':
        if (this.#goal.kind !== 'park') this.#stop(nowMs)
        return null
      case 'FOCUS_OFFSET':
        this.#focus.moveTo(focus.parse(parameters).offsetMm, nowMs)
        return null
      case 'RESET':
        this.#belowLimit = false
        return null
      default:
        return unknownCommand(name, commands)
    }
  }

  suffers(faults: ReadonlySet<FaultKind>, nowMs: number): void {
    this.#live(nowMs)
    this.#faults = faults
    const vigour = faults.has('stuck') ? 0 : faults.has('slow') ? 0.25 : 1
    // What follows the sky no more stands where it was.
    if (vigour < 1 && this.#onTarget) this.#hold(nowMs)
    for (const axis of [this.#altitude, this.#azimuth, this.#focus]) axis.becomes(vigour, nowMs)
  }

  /** Where the tube really points. */
  #position(nowMs: number): Horizontal {
    const sky = this.#onTarget ? this.#wanted(nowMs) : null
    return sky ?? { altitudeDeg: this.#altitude.at(nowMs), azimuthDeg: this.#azimuth.at(nowMs) }
  }

  #wanted(nowMs: number): Horizontal | null {
    switch (this.#goal.kind) {
      case 'park':
        return parkPosition
      case 'direction':
        return this.#goal.at
      case 'target':
        return horizontalOf(this.#goal.at, nowMs, this.#site)
      case 'none':
        return null
    }
  }

  #moving(nowMs: number): boolean {
    return !this.#onTarget && (this.#altitude.moving(nowMs) || this.#azimuth.moving(nowMs))
  }

  #go(goal: Goal, nowMs: number): void {
    this.#hold(nowMs)
    this.#goal = goal
    if (!this.#faults.has('lying')) this.#slew(nowMs)
  }

  /** The axes stand where the tube has been until now. */
  #hold(nowMs: number): void {
    const { altitudeDeg, azimuthDeg } = this.#position(nowMs)
    this.#onTarget = false
    this.#altitude.jumpTo(altitudeDeg)
    this.#azimuth.jumpTo(nearest(azimuthDeg, this.#azimuth.goal))
  }

  #slew(nowMs: number): void {
    const wanted = this.#wanted(nowMs)
    if (!wanted) return
    this.#altitude.moveTo(wanted.altitudeDeg, nowMs)
    this.#azimuth.moveTo(nearest(wanted.azimuthDeg, this.#azimuth.at(nowMs)), nowMs)
  }

  #stop(nowMs: number): void {
    this.#hold(nowMs)
    this.#goal = { kind: 'none' }
  }

  #goWhereAllowed(goal: Goal, nowMs: number): Refusal | null {
    if (this.#goal.kind === 'park') return refuse('parked', 'the telescope is parked: unpark it first')
    const at = goal.kind === 'target' ? horizontalOf(goal.at, nowMs, this.#site) : null
    const aim = at ?? (goal.kind === 'direction' ? goal.at : null)
    if (aim && aim.altitudeDeg < hardLimitDeg)
      return refuse('below_limit', `altitude ${aim.altitudeDeg.toFixed(1)}°, the limit is ${hardLimitDeg}°`)
    if (aim && this.#tooNearSun(aim, nowMs))
      return refuse('sun_too_near', `nearer than ${sunRadiusDeg}° to the Sun`)
    this.#belowLimit = false
    this.#go(goal, nowMs)
    return null
  }

  #tooNearSun(aim: Horizontal, nowMs: number): boolean {
    if (this.#faults.has('sun-avoidance')) return true
    const sun = sunAt(nowMs, this.#site)
    return sun.altitudeDeg > 0 && separationDeg(sun, aim) < sunRadiusDeg
  }

  /** Arrived: from now on it follows the sky, until the sky takes it below the limit. */
  #live(nowMs: number): void {
    if (this.#goal.kind !== 'target' || this.#faults.has('lying')) return
    if (!this.#onTarget && !this.#moving(nowMs) && !this.#faults.has('stuck')) this.#onTarget = true
    const { altitudeDeg } = this.#position(nowMs)
    if (!this.#onTarget || altitudeDeg >= hardLimitDeg) return
    this.#stop(nowMs)
    this.#belowLimit = true
  }

  #says(nowMs: number, parked: boolean): TelescopeStatus['state'] {
    if (this.#faults.has('lying')) return believed[this.#goal.kind]
    if (parked) return 'parked'
    if (this.#goal.kind === 'park') return 'parking'
    if (this.#moving(nowMs)) return 'slewing'
    return this.#goal.kind === 'target' ? 'tracking' : 'stopped'
  }

  #ails(): Fault[] {
    const faults: Fault[] = []
    if (this.#faults.has('stuck')) faults.push({ code: 'axis_stuck', text: 'an axis does not move' })
    if (this.#faults.has('sun-avoidance'))
      faults.push({ code: 'sun_avoidance', text: 'the Sun sensor sees the Sun near the tube' })
    if (this.#belowLimit)
      faults.push({ code: 'below_limit', text: `stopped: the target sank below ${hardLimitDeg}°` })
    return faults
  }
}

const believed = {
  park: 'parked',
  target: 'tracking',
  direction: 'stopped',
  none: 'stopped',
} as const
