import type { z } from 'zod'
import { type AgentEvent, agentEvents } from './agents/events.ts'
import { type MessageEvent, messageEvents } from './agents/message-events.ts'
import { type AlertEvent, alertEvents } from './alerts/events.ts'
import { type DeviceEvent, deviceEvents } from './devices/events.ts'
import { type EnvironmentEvent, environmentEvents } from './environment/events.ts'
import { type ImageEvent, imageEvents } from './images/events.ts'
import { type CourseEvent, courseEvents } from './night/course-events.ts'
import { type NightEvent, nightEvents } from './night/events.ts'
import { type CalibrationFrameAcquired, calibrationFrameAcquired } from './observing/calibration-events.ts'
import { type ObservingEvent, observingEvents } from './observing/events.ts'
import { type OperationEvent, operationEvents } from './operation/events.ts'
import { type AccessEvent, accessEvents } from './people/access-events.ts'
import { type PeopleEvent, peopleEvents } from './people/events.ts'
import { type PlanningEvent, planningEvents } from './planning/events.ts'
import { type RequestEvent, requestEvents } from './requests/events.ts'
import { type QuotaEvent, quotaEvents } from './requests/quotas/events.ts'
import { UndecodableEvent, upToDate } from './shared/decode-event.ts'
import type { EventDefinition } from './shared/define-event.ts'
import { type Metadata, metadataSchema } from './shared/metadata.ts'
import { type ProcessEvent, processEvents } from './shared/process-events.ts'

/** Every event there is. */
const definitions: readonly EventDefinition[] = [
  ...environmentEvents,
  ...nightEvents,
  ...courseEvents,
  ...peopleEvents,
  ...accessEvents,
  ...quotaEvents,
  ...requestEvents,
  ...planningEvents,
  ...observingEvents,
  calibrationFrameAcquired,
  ...imageEvents,
  ...deviceEvents,
  ...operationEvents,
  ...alertEvents,
  ...processEvents,
  ...agentEvents,
  ...messageEvents,
]

/** Any of them, as its newest version has it. */
export type AnyEvent =
  | EnvironmentEvent
  | NightEvent
  | CourseEvent
  | PeopleEvent
  | AccessEvent
  | QuotaEvent
  | RequestEvent
  | PlanningEvent
  | ObservingEvent
  | CalibrationFrameAcquired
  | ImageEvent
  | DeviceEvent
  | OperationEvent
  | AlertEvent
  | ProcessEvent
  | AgentEvent
  | MessageEvent

export const catalogue: ReadonlyMap<string, EventDefinition> = new Map(
  definitions.map((definition) => [definition.type, definition]),
)

/** The data of a stored event in its newest version; throws {@link UndecodableEvent} for a type nobody here defined. */
export const decodeEventData = (type: string, schemaVersion: number, data: unknown): unknown => {
  const definition = catalogue.get(type)
  if (!definition)
    throw new UndecodableEvent(type, schemaVersion, 'no event of this type is in the catalogue')
  return upToDate(definition, schemaVersion, data)
}

/** An event that must not be written: not in the catalogue, or not as its schema wants it. The message names each field. */
export class InvalidEvent extends Error {
  constructor(type: string, why: string) {
    super(`${type} cannot be written: ${why}`)
    this.name = 'InvalidEvent'
  }
}

const complaints = (part: string, { issues }: z.ZodError): string =>
  issues.map(({ path, message }) => `${[part, ...path].join('.')}: ${message}`).join('; ')

/** Data as it goes into the log, in the newest version; throws {@link InvalidEvent}. */
export const checkEventData = (type: string, data: unknown): { schemaVersion: number; data: unknown } => {
  const definition = catalogue.get(type)
  if (!definition) throw new InvalidEvent(type, 'no event of this type is in the catalogue')
  const checked = definition.schema.safeParse(data)
  if (!checked.success) throw new InvalidEvent(type, complaints('data', checked.error))
  return { schemaVersion: definition.version, data: checked.data }
}

/** The same with metadata. */
export const checkEvent = (
  type: string,
  data: unknown,
  metadata: Omit<Metadata, 'schemaVersion'>,
): { data: unknown; metadata: Metadata } => {
  const { schemaVersion, data: checkedData } = checkEventData(type, data)
  const checked = metadataSchema.safeParse({ schemaVersion, ...metadata })
  if (!checked.success) throw new InvalidEvent(type, complaints('metadata', checked.error))
  return { data: checkedData, metadata: checked.data }
}
