import { z } from 'zod'
import { defineEvent, type EventOf } from '#domain/shared/define-event.ts'

export const deviceNames = ['telescope', 'dome', 'visible-camera', 'infrared-camera', 'plc'] as const
export const deviceNameSchema = z.enum(deviceNames)

const command = {
  device: deviceNameSchema,
  /** The conversation. */
  conversationId: z.uuid(),
  name: z.string(),
}

/** A conversation begins: requested, then agreed or refused, then completed, failed or timed out. */
export const deviceCommandRequested = defineEvent('DeviceCommandRequested', {
  version: 1,
  schema: z.object({
    ...command,
    parameters: z.record(z.string(), z.unknown()),
    deadlineAt: z.iso.datetime(),
    /** Sent again after a crash; what is not is failed then. */
    idempotent: z.boolean(),
    /** Part of a drill: only a simulated device may act on it. */
    isDrill: z.literal(true).optional(),
  }),
})
export const deviceCommandAgreed = defineEvent('DeviceCommandAgreed', {
  version: 1,
  schema: z.object(command),
})
export const deviceCommandRefused = defineEvent('DeviceCommandRefused', {
  version: 1,
  schema: z.object({
    ...command,
    code: z.string(),
    why: z.string(),
    /** What says how the weather was, where it decided; and how far it was from its limit, in the unit of its value. */
    verdictId: z.uuid().optional(),
    margin: z.number().nullable().optional(),
  }),
})
export const deviceCommandCompleted = defineEvent('DeviceCommandCompleted', {
  version: 1,
  schema: z.object({ ...command, result: z.record(z.string(), z.unknown()) }),
})
export const deviceCommandFailed = defineEvent('DeviceCommandFailed', {
  version: 1,
  schema: z.object({ ...command, code: z.string(), why: z.string() }),
})
export const deviceCommandTimedOut = defineEvent('DeviceCommandTimedOut', {
  version: 1,
  schema: z.object({ ...command, afterS: z.number().nonnegative() }),
})

/** Recorded when something of it is another than before, not at every look. */
export const deviceStatusRecorded = defineEvent('DeviceStatusRecorded', {
  version: 1,
  schema: z.object({
    device: deviceNameSchema,
    status: z.record(z.string(), z.unknown()),
    faults: z.array(z.object({ code: z.string(), text: z.string() })),
  }),
})
export const deviceLinkLost = defineEvent('DeviceLinkLost', {
  version: 1,
  schema: z.object({ device: deviceNameSchema, address: z.string(), detail: z.string() }),
})
export const deviceLinkRestored = defineEvent('DeviceLinkRestored', {
  version: 1,
  schema: z.object({ device: deviceNameSchema, address: z.string(), downS: z.number().nonnegative() }),
})

/** Somebody has to know. Told once for each step of it. */
export const deviceAlarmRaised = defineEvent('DeviceAlarmRaised', {
  version: 1,
  schema: z.object({
    device: deviceNameSchema,
    code: z.string(),
    text: z.string(),
    /** What is being done about it; `give-up` when nothing is left. */
    step: z.enum(['reconnect', 'reset', 'power-cycle', 'give-up']),
    conversationId: z.uuid().nullable(),
  }),
})

export const deviceEvents = [
  deviceCommandRequested,
  deviceCommandAgreed,
  deviceCommandRefused,
  deviceCommandCompleted,
  deviceCommandFailed,
  deviceCommandTimedOut,
  deviceStatusRecorded,
  deviceLinkLost,
  deviceLinkRestored,
  deviceAlarmRaised,
] as const

export type DeviceEvent = EventOf<(typeof deviceEvents)[number]>
export type DeviceName = z.output<typeof deviceNameSchema>
export type DeviceCommandRequested = EventOf<typeof deviceCommandRequested>
export type ConversationEvent = Extract<DeviceEvent, { data: { conversationId: string; name: string } }>
