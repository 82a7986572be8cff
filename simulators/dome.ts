import { z } from 'zod'
import type { DomeStatus } from '#domain/devices/dome.ts'
import { horizontalOf, type SkyPosition } from '#domain/devices/pointing.ts'
import type { Fault } from '#domain/devices/wire.ts'
import type { Site } from '#domain/shared/site.ts'
import { Axis, type AxisLimits } from './axis.ts'
import { type Refusal, type Reported, refuse, type SimulatedDevice, unknownCommand } from './device.ts'
import type { FaultKind } from './device-scenario.ts'

/** The shutter's whole way takes 30 s: per cent and seconds. */
const shutterLimits: AxisLimits = { speed: 3.6, acceleration: 1.65 }
/** Degrees and seconds: the planner's defaults. */
const rotationLimits: AxisLimits = { speed: 3, acceleration: 1.5 }

const deadManMs = 10_000
/** Nearer than this the slit stands well and the motor rests. */
const slackDeg = 1

const commands = ['OPEN', 'CLOSE', 'ROTATE', 'FOLLOW', 'STOP', 'HEARTBEAT', 'RESET']
const direction = z.object({ azimuthDeg: z.number().min(0).lt(360) })
const skyPosition = z.object({ raDeg: z.number(), decDeg: z.number() })

/** The way round that is shorter, from an azimuth that may be beyond a turn. */
const nearest = (goalDeg: number, fromDeg: number): number =>
  fromDeg + ((((goalDeg - fromDeg) % 360) + 540) % 360) - 180

/** A dome with a shutter, two limit switches and a dead man: it closes by itself when nobody beats for 10 s. */
export class SimulatedDome implements SimulatedDevice {
  readonly from = 'DomeSimulator'
  readonly #site: Site
  readonly #shutter = new Axis(0, shutterLimits)
  readonly #rotation = new Axis(0, rotationLimits)
  #believed: 'open' | 'closed' | null = null
  #following: SkyPosition | null = null
  #beatAtMs: number | null = null
  #faults: ReadonlySet<FaultKind> = new Set()

  constructor(site: Site) {
    this.#site = site
  }

  /** How far it is really open, whatever it says. 0 to 100. */
  openPercent(nowMs: number): number {
    this.#live(nowMs)
    return this.#shutter.at(nowMs)
  }

  status(nowMs: number): Reported {
    this.#live(nowMs)
    const percent = this.#shutter.at(nowMs)
    const works = !this.#faults.has('limit-switch')
    const state: DomeStatus = {
      shutter: this.#says(percent, nowMs),
      openSwitch: works && percent === 100,
      closedSwitch: works && percent === 0,
      azimuthDeg: Math.round((((this.#rotation.at(nowMs) % 360) + 360) % 360) * 100) / 100,
      rotating: this.#rotation.moving(nowMs),
      following: this.#following,
      emergencyButton: this.#faults.has('emergency-button'),
      heartbeatAgeS: this.#beatAtMs === null ? null : (nowMs - this.#beatAtMs) / 1000,
    }
    return { state, faults: this.#ails(nowMs) }
  }

  tell(name: string, parameters: Readonly<Record<string, unknown>>, nowMs: number): Refusal | null {
    this.#live(nowMs)
    switch (name) {
      case 'HEARTBEAT':
        this.#beatAtMs = nowMs
        return null
      case 'OPEN':
        return this.#open(nowMs)
      case 'CLOSE':
        return this.#close(nowMs)
      case 'STOP':
        this.#following = null
        this.#rotation.stop(nowMs)
        return null
      case 'ROTATE': {
        this.#following = null
        return this.#turn(direction.parse(parameters).azimuthDeg, nowMs)
      }
      case 'FOLLOW': {
        const target = skyPosition.parse(parameters)
        this.#following = target
        return this.#turn(horizontalOf(target, nowMs, this.#site).azimuthDeg, nowMs)
      }
      case 'RESET':
        return null
      default:
        return unknownCommand(name, commands)
    }
  }

  suffers(faults: ReadonlySet<FaultKind>, nowMs: number): void {
    this.#live(nowMs)
    if (faults.has('emergency-button') && !this.#faults.has('emergency-button')) this.#rotation.stop(nowMs)
    this.#faults = faults
    const vigour = faults.has('stuck') ? 0 : faults.has('slow') ? 0.25 : 1
    this.#shutter.becomes(vigour, nowMs)
    this.#rotation.becomes(vigour, nowMs)
    if (!faults.has('lying')) this.#believed = null
    if (faults.has('emergency-button')) this.#close(nowMs)
  }

  /** What happened by itself since it was last asked: the dead man, and the slit that follows the sky. */
  #live(nowMs: number): void {
    const diesAtMs = this.#beatAtMs === null ? null : this.#beatAtMs + deadManMs
    // It closes from the instant on at which the dead man let go, however much later somebody looks.
    if (this.#shutter.goal > 0 && diesAtMs !== null && nowMs >= diesAtMs) this.#shutter.moveTo(0, diesAtMs)
    if (!this.#following || this.#rotation.moving(nowMs)) return
    const { azimuthDeg } = horizontalOf(this.#following, nowMs, this.#site)
    const goal = nearest(azimuthDeg, this.#rotation.at(nowMs))
    if (Math.abs(goal - this.#rotation.at(nowMs)) > slackDeg) this.#rotation.moveTo(goal, nowMs)
  }

  #open(nowMs: number): Refusal | null {
    if (this.#faults.has('emergency-button'))
      return refuse('emergency_button', 'the emergency button is pressed')
    if (this.#beatAtMs === null || nowMs - this.#beatAtMs >= deadManMs)
      return refuse('no_heartbeat', 'nobody has beaten for 10 s: it would close again')
    if (this.#faults.has('lying')) this.#believed = 'open'
    else this.#shutter.moveTo(100, nowMs)
    return null
  }

  #close(nowMs: number): null {
    if (this.#faults.has('lying')) this.#believed = 'closed'
    else this.#shutter.moveTo(0, nowMs)
    return null
  }

  #turn(azimuthDeg: number, nowMs: number): Refusal | null {
    if (this.#faults.has('emergency-button'))
      return refuse('emergency_button', 'the emergency button is pressed')
    this.#rotation.moveTo(nearest(azimuthDeg, this.#rotation.at(nowMs)), nowMs)
    return null
  }

  #says(percent: number, nowMs: number): DomeStatus['shutter'] {
    if (this.#believed) return this.#believed
    if (this.#shutter.moving(nowMs)) return this.#shutter.goal > percent ? 'opening' : 'closing'
    if (percent === 100) return 'open'
    return percent === 0 ? 'closed' : 'part-open'
  }

  #ails(nowMs: number): Fault[] {
    const faults: Fault[] = []
    const silentMs = this.#beatAtMs === null ? 0 : nowMs - this.#beatAtMs
    if (this.#faults.has('stuck')) faults.push({ code: 'motor_overload', text: 'the motor draws too much' })
    if (this.#faults.has('emergency-button'))
      faults.push({ code: 'emergency_button', text: 'the emergency button is pressed' })
    if (silentMs >= deadManMs)
      faults.push({ code: 'no_heartbeat', text: 'closed by itself: nobody beat for 10 s' })
    return faults
  }
}
