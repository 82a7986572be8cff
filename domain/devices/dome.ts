import { z } from 'zod'
import { type CommandSpec, commandsOn, done, failed, going, nothing } from './command-spec.ts'

export const domeStatusSchema = z.object({
  /** What the dome's controller believes. */
  shutter: z.enum(['open', 'closed', 'opening', 'closing', 'part-open']),
  /** What the limit switches say: the shutter touches the end of its way. */
  openSwitch: z.boolean(),
  closedSwitch: z.boolean(),
  azimuthDeg: z.number(),
  rotating: z.boolean(),
  /** The target it keeps its slit on. */
  following: z.object({ raDeg: z.number(), decDeg: z.number() }).nullable(),
  emergencyButton: z.boolean(),
  /** Since the conductor's last beat; null before the first. */
  heartbeatAgeS: z.number().nullable(),
})
export type DomeStatus = z.output<typeof domeStatusSchema>

const command = commandsOn(domeStatusSchema)
const direction = z.strictObject({ azimuthDeg: z.number().min(0).lt(360) })
const skyPosition = z.strictObject({ raDeg: z.number().min(0).lt(360), decDeg: z.number().min(-90).max(90) })

const stoppedBy = ({ emergencyButton, shutter }: DomeStatus) =>
  emergencyButton
    ? failed('emergency_button', 'the emergency button is pressed')
    : shutter === 'closing' || shutter === 'closed'
      ? failed('closed_again', 'the dome closed while it was told to open')
      : going

/** A dome's capabilities. Whether it is open or closed is for the limit switches to say, never for its own belief. */
export const domeCommands = {
  open: command(nothing, {
    class: 'opens',
    patienceS: 90,
    progress: (status) => (status.openSwitch ? done() : stoppedBy(status)),
  }),
  close: command(nothing, {
    class: 'secures',
    patienceS: 300,
    progress: ({ closedSwitch }) => (closedSwitch ? done() : going),
  }),
  rotate: command(direction, {
    class: 'moves',
    patienceS: 180,
    progress: ({ rotating, azimuthDeg }) => (rotating ? going : done({ azimuthDeg })),
  }),
  /** Turns the slit to a target and keeps it there. */
  follow: command(skyPosition, {
    class: 'moves',
    patienceS: 180,
    progress: ({ rotating, azimuthDeg }) => (rotating ? going : done({ azimuthDeg })),
  }),
  /** Stops the rotation, never a closing shutter. */
  stop: command(nothing, {
    class: 'secures',
    patienceS: 10,
    progress: ({ rotating }) => (rotating ? going : done()),
  }),
  reset: command(nothing, { class: 'secures', preempts: false, patienceS: 10, progress: () => done() }),
} satisfies Record<string, CommandSpec>

/** What of its status is news when it becomes another; keeping the slit on a target is none. */
export const domeNews = ({
  shutter,
  openSwitch,
  closedSwitch,
  rotating,
  emergencyButton,
  following,
}: DomeStatus) => ({
  shutter,
  openSwitch,
  closedSwitch,
  rotating: rotating && following === null,
  emergencyButton,
  following,
})
