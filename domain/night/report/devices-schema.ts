import { z } from 'zod'
import { deviceAlarmRaised, deviceNameSchema } from '#domain/devices/events.ts'

const instant = z.iso.datetime()
const number = z.number().int()

export const devicesSchema = z.object({
  commands: z.array(
    z.object({
      device: deviceNameSchema,
      requested: number,
      completed: number,
      failed: number,
      timedOut: number,
      refused: number,
    }),
  ),
  problems: z
    .array(
      z.object({
        at: instant,
        device: deviceNameSchema,
        name: z.string().describe('of the command'),
        outcome: z.enum(['refused', 'failed', 'timed-out']),
        code: z.string().nullable(),
        why: z.string(),
        eventId: z.uuid(),
      }),
    )
    .describe('commands that did not come to their end'),
  problemsOmitted: number,
  byHand: z
    .array(
      z.object({
        at: instant,
        device: deviceNameSchema,
        name: z.string().describe('of the command'),
        by: z.string().describe('who'),
        eventId: z.uuid(),
      }),
    )
    .describe('what people asked of them'),
  byHandOmitted: number,
  links: z.array(
    z.object({
      device: deviceNameSchema,
      from: instant.nullable().describe('null for before this night'),
      to: instant.nullable(),
      downS: z.number().nonnegative(),
      detail: z.string().nullable(),
    }),
  ),
  linksOmitted: number,
  alarms: z.array(
    z.object({
      device: deviceNameSchema,
      code: z.string(),
      text: z.string().describe('as it was told last'),
      steps: z
        .array(z.object({ at: instant, step: deviceAlarmRaised.schema.shape.step }))
        .describe('up the ladder, in their order'),
      raised: number,
      eventId: z.uuid().describe('the last of it'),
    }),
  ),
  alarmsOmitted: number,
})

export type DevicesAccount = z.output<typeof devicesSchema>
