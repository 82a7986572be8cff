import type { Recorded } from '#domain/shared/event.ts'
import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { ControlMode, CourseEvent } from '../course-events.ts'
import type { CourseAccount } from './course-schema.ts'

type Told = Omit<CourseAccount, 'hours' | 'roof'>
type Suspension = CourseAccount['suspensions'][number]
type Phase = Omit<CourseAccount['phases'][number], 'to'>

const most = { suspensions: 200, causes: 10, modeChanges: 100, phases: 50 }

/** Phases, modes and suspensions of a night, in their order. */
export class CourseFold {
  #openedAt: Instant | null = null
  #mode: ControlMode | null = null
  readonly #phases: Phase[] = []
  readonly #modeChanges: CourseAccount['modeChanges'] = []
  readonly #suspensions: Suspension[] = []
  #suspended: Suspension | null = null
  #omitted = 0
  #closed: CourseAccount['closed'] = null

  get suspended(): boolean {
    return this.#suspended !== null
  }

  add(event: Recorded<CourseEvent>): void {
    const at = event.metadata.occurredAt
    switch (event.type) {
      case 'NightOpened':
        this.#openedAt ??= at
        this.#mode = event.data.mode
        break
      case 'NightPhaseEntered': {
        const { phase, sunAltitudeDeg } = event.data
        if (this.#phases.length < most.phases) this.#phases.push({ phase, from: at, sunAltitudeDeg })
        break
      }
      case 'ObservingSuspended':
        this.#suspend(event)
        break
      case 'ObservingResumed':
        this.#resume(event)
        break
      case 'ControlModeChanged':
        this.#change(event)
        break
      case 'NightClosed':
        this.#closed = { at, summary: event.data.summary }
        break
    }
  }

  #suspend({ id, data, metadata }: Recorded<Extract<CourseEvent, { type: 'ObservingSuspended' }>>): void {
    const at = metadata.occurredAt
    if (!this.#suspended) {
      this.#suspended = { from: at, to: null, suspendedS: 0, causes: [], resumed: null }
      if (this.#suspensions.length < most.suspensions) this.#suspensions.push(this.#suspended)
      else this.#omitted += 1
    }
    if (this.#suspended.causes.length < most.causes) this.#suspended.causes.push({ ...data, at, eventId: id })
  }

  #resume({ id, data, metadata }: Recorded<Extract<CourseEvent, { type: 'ObservingResumed' }>>): void {
    if (!this.#suspended) return
    const { detail, verdictId, suspendedS } = data
    Object.assign(this.#suspended, {
      to: metadata.occurredAt,
      suspendedS,
      resumed: { detail, verdictId, eventId: id },
    })
    this.#suspended = null
  }

  #change({ id, data, metadata }: Recorded<Extract<CourseEvent, { type: 'ControlModeChanged' }>>): void {
    const { actor, occurredAt: at } = metadata
    this.#mode = data.mode
    if (this.#modeChanges.length < most.modeChanges)
      this.#modeChanges.push({ at, ...data, by: `${actor.kind} ${actor.id}`, eventId: id })
    else this.#omitted += 1
  }

  told(asOf: Instant): Told {
    return {
      openedAt: this.#openedAt,
      mode: this.#mode,
      phases: this.#phases.map((phase, i) => ({
        ...phase,
        to: this.#phases[i + 1]?.from ?? later(phase.from, asOf),
      })),
      modeChanges: this.#modeChanges,
      suspensions: this.#suspensions.map((suspension) =>
        suspension.to === null
          ? { ...suspension, suspendedS: Math.max(0, secondsBetween(suspension.from, asOf)) }
          : suspension,
      ),
      omitted: this.#omitted,
      closed: this.#closed,
    }
  }
}

const later = (a: Instant, b: Instant): Instant => (a > b ? a : b)
