import type { DeviceEvent } from '#domain/devices/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { epochMsOf, instantOf } from '#domain/shared/time.ts'
import type { CourseAccount, Shutter } from './course-schema.ts'

/** More changes of the shutter in a night than this are counted and not listed. */
const mostSpans = 500

type Span = { state: Shutter; fromMs: number; toMs: number | null }

/** By the limit switches alone: what the controller believes is no evidence. */
const bySwitches = ({ openSwitch, closedSwitch }: Readonly<Record<string, unknown>>): Shutter => {
  if (openSwitch === true) return 'open'
  return closedSwitch === true ? 'closed' : 'moving'
}

/** What the dome's switches said through a night; unknown while nothing is heard of it. */
export class ShutterRecord {
  state: Shutter = 'unknown'
  #seen: Shutter = 'unknown'
  readonly #spans: Span[] = []
  #omitted = 0

  add({ type, data, metadata }: Recorded<DeviceEvent>): void {
    if (data.device !== 'dome') return
    const atMs = epochMsOf(metadata.occurredAt)
    if (type === 'DeviceStatusRecorded') {
      this.#seen = bySwitches(data.status)
      this.#turn(this.#seen, atMs)
    }
    if (type === 'DeviceLinkLost') this.#turn('unknown', atMs)
    if (type === 'DeviceLinkRestored') this.#turn(this.#seen, atMs)
  }

  #turn(state: Shutter, atMs: number): void {
    if (state === this.state) return
    this.state = state
    const last = this.#spans.at(-1)
    if (last?.toMs === null) last.toMs = atMs
    if (this.#spans.length < mostSpans) this.#spans.push({ state, fromMs: atMs, toMs: null })
    else this.#omitted += 1
  }

  account(asOfMs: number): CourseAccount['roof'] {
    return {
      spans: this.#spans.map(({ state, fromMs, toMs }) => ({
        state,
        from: instantOf(fromMs),
        to: instantOf(Math.max(fromMs, toMs ?? asOfMs)),
      })),
      omitted: this.#omitted,
    }
  }
}
