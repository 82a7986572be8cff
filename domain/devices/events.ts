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
  }),
})
export const deviceCommandAgreed = defineEvent('DeviceCommandAgreed', {
  version: 1,
  schema: z.object(command),
})
export const deviceCommandRefused = defineEvent('DeviceCommandRefused', {
  version: 1,
  schema: z.object({ ...command, code: z.string(), why: z.string() }),
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
] as const

export type DeviceEvent = EventOf<(typeof deviceEvents)[number]>
export type DeviceName = z.output<typeof deviceNameSchema>
