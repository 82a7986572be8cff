export type AxisLimits = { readonly speed: number; readonly acceleration: number }

/** How long a way takes from rest to rest: speeding up, a stretch at full speed, slowing down. Seconds. */
export const durationS = (way: number, { speed, acceleration }: AxisLimits): number =>
  way < (speed * speed) / acceleration
    ? 2 * Math.sqrt(way / acceleration)
    : way / speed + speed / acceleration

/** The share of the way, 0 to 1, that lies behind after some seconds. */
const shareAfter = (way: number, limits: AxisLimits, seconds: number): number => {
  const whole = durationS(way, limits)
  if (seconds >= whole || way === 0) return 1
  const { acceleration } = limits
  const rampS = Math.min(limits.speed / acceleration, whole / 2)
  const ramp = 0.5 * acceleration * rampS * rampS
  const left = whole - seconds
  if (seconds < rampS) return (0.5 * acceleration * seconds * seconds) / way
  if (left < rampS) return 1 - (0.5 * acceleration * left * left) / way
  return (ramp + acceleration * rampS * (seconds - rampS)) / way
}

/** Something that moves from one place to another and takes its time. It is asked and told in order of time. */
export class Axis {
  readonly #limits: AxisLimits
  #from: number
  #goal: number
  #startMs = 0
  /** 1 as built, less for one that drags, 0 for one that is stuck. */
  #vigour = 1

  constructor(position: number, limits: AxisLimits) {
    this.#limits = limits
    this.#from = position
    this.#goal = position
  }

  get goal(): number {
    return this.#goal
  }

  at(nowMs: number): number {
    const way = this.#goal - this.#from
    if (way === 0) return this.#goal
    if (this.#vigour === 0) return this.#from
    const share = shareAfter(Math.abs(way), this.#current, (nowMs - this.#startMs) / 1000)
    return share === 1 ? this.#goal : this.#from + way * share
  }

  moving(nowMs: number): boolean {
    return this.at(nowMs) !== this.#goal
  }

  moveTo(goal: number, nowMs: number): void {
    this.#from = this.at(nowMs)
    this.#goal = goal
    this.#startMs = nowMs
  }

  stop(nowMs: number): void {
    this.moveTo(this.at(nowMs), nowMs)
  }

  /** Stands there from now on. */
  jumpTo(position: number): void {
    this.#from = position
    this.#goal = position
  }

  /** Changes how well it moves; a move under way goes on from where it is. */
  becomes(vigour: number, nowMs: number): void {
    if (vigour === this.#vigour) return
    this.moveTo(this.#goal, nowMs)
    this.#vigour = vigour
  }

  get #current(): AxisLimits {
    const { speed, acceleration } = this.#limits
    return { speed: speed * this.#vigour, acceleration: acceleration * this.#vigour }
  }
}
