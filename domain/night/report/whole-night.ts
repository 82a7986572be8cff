import { isAlertEvent, isNoticeEvent, isTriggerEvent } from '#domain/alerts/events.ts'
import type { DeviceEvent } from '#domain/devices/events.ts'
import { isDeviceEvent } from '#domain/devices/sentences.ts'
import type { SafetyState } from '#domain/environment/events.ts'
import { isEnvironmentEvent } from '#domain/environment/sentences.ts'
import { isImageEvent } from '#domain/images/sentences.ts'
import { isCalibrationEvent } from '#domain/observing/calibration-sentences.ts'
import type { ObservingEvent } from '#domain/observing/events.ts'
import { isObservingEvent } from '#domain/observing/sentences.ts'
import { isOperationEvent } from '#domain/operation/sentences.ts'
import type { PlanningEvent } from '#domain/planning/events.ts'
import { isPlanningEvent } from '#domain/planning/sentences.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import type { Site } from '#domain/shared/site.ts'
import { epochMsOf, type Instant } from '#domain/shared/time.ts'
import { isCourseEvent } from '../course-sentences.ts'
import { roofHours } from '../roof-hours.ts'
import { CalibrationsFold } from './calibrations-fold.ts'
import { CourseFold } from './course-fold.ts'
import type { CourseAccount } from './course-schema.ts'
import { darkHours } from './dark-hours.ts'
import { DevicesFold } from './devices-fold.ts'
import { HoursSpent } from './hours.ts'
import { ImagesFold } from './images-fold.ts'
import { NotesFold } from './notes-fold.ts'
import { NoticesFold } from './notices-fold.ts'
import { ObservingFold } from './observing-fold.ts'
import { ScheduleFold } from './schedule-fold.ts'
import { ShutterRecord } from './shutter.ts'
import { TriggersFold } from './triggers-fold.ts'

const recordedAs =
  <E extends DomainEvent>(is: (event: DomainEvent) => event is E) =>
  (event: Recorded): event is Recorded<E> =>
    is(event)

const ofCourse = recordedAs(isCourseEvent)
const ofEnvironment = recordedAs(isEnvironmentEvent)
const ofDevices = recordedAs(isDeviceEvent)
const ofObserving = recordedAs(isObservingEvent)
const ofPlanning = recordedAs(isPlanningEvent)
const ofOperation = recordedAs(isOperationEvent)
const ofNotices = recordedAs(isNoticeEvent)
const ofTriggers = recordedAs(isTriggerEvent)

/** What of a night is not its weather: course, observing, plans, alerts, devices, notes. Event by event, in log order. */
export class WholeNight {
  readonly #course = new CourseFold()
  readonly #shutter = new ShutterRecord()
  readonly #hours: HoursSpent
  readonly #observing = new ObservingFold()
  readonly #schedule = new ScheduleFold()
  readonly #notices = new NoticesFold()
  readonly #triggers = new TriggersFold()
  readonly #devices = new DevicesFold()
  readonly #calibrations = new CalibrationsFold()
  readonly #notes = new NotesFold()
  readonly #images = new ImagesFold()
  #verdict: SafetyState | null = null
  #roofSeen = false

  constructor(site: Site, night: string) {
    this.#hours = new HoursSpent(darkHours(site, night), roofHours(site, night))
  }

  add(event: Recorded): void {
    this.#pass(epochMsOf(event.metadata.occurredAt))
    if (ofEnvironment(event)) {
      if (event.type === 'SafetyVerdictGiven') this.#verdict = event.data.state
    } else if (ofDevices(event)) this.#device(event)
    else if (ofObserving(event)) this.#observe(event)
    else if (ofPlanning(event)) this.#plan(event)
    else if (ofCourse(event)) this.#course.add(event)
    else if (isCalibrationEvent(event)) this.#calibrations.add(event)
    else if (isImageEvent(event)) this.#images.add(event)
    else if (isAlertEvent(event)) this.#alert(event)
    else if (ofOperation(event)) this.#notes.add(event)
  }

  #pass(toMs: number): void {
    this.#hours.pass(toMs, {
      shutter: this.#shutter.state,
      observing: this.#observing.observing,
      suspended: this.#course.suspended,
      verdict: this.#verdict,
    })
  }

  #device(event: Recorded<DeviceEvent>): void {
    this.#shutter.add(event)
    this.#devices.add(event)
    if (event.type === 'DeviceStatusRecorded' && event.data.device === 'dome') this.#roofSeen = true
  }

  #observe(event: Recorded<ObservingEvent>): void {
    this.#observing.add(event)
    this.#triggers.observing(event)
  }

  #plan(event: Recorded<PlanningEvent>): void {
    this.#schedule.add(event)
    if (event.type !== 'SchedulePublished') return
    const published = { ...event, type: event.type, data: event.data }
    this.#observing.schedule(published)
    this.#triggers.schedule(published)
  }

  #alert(event: Recorded): void {
    if (ofNotices(event)) this.#notices.add(event)
    if (ofTriggers(event)) this.#triggers.add(event)
  }

  /** As of an instant that no event is later than. Ends the fold. */
  account(asOf: Instant) {
    const asOfMs = epochMsOf(asOf)
    this.#pass(asOfMs)
    const hours = this.#hours.hours(asOfMs)
    const course: CourseAccount = { ...this.#course.told(asOf), hours, roof: this.#shutter.account(asOfMs) }
    return {
      /** Null where the dome never said how its roof is. */
      wasOpenS: this.#roofSeen ? this.#hours.sunDownOpenS : null,
      course,
      observing: this.#observing.account(hours.dark?.passedS ?? 0),
      schedule: this.#schedule.account,
      alerts: { notices: this.#notices.account, ...this.#triggers.account },
      devices: this.#devices.account(asOf),
      calibrations: this.#calibrations.account,
      notes: this.#notes.account,
      images: this.#images.account,
    }
  }
}
