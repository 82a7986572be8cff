import { z } from 'zod'
import { epochMsOf, type Instant, instantOf } from '#domain/shared/time.ts'
import type { EnvironmentAssessed, Flag } from './events.ts'
import { flag } from './flags.ts'
import type { PlcReply } from './readings.ts'

export type DeviceClock = NonNullable<EnvironmentAssessed['data']['deviceClock']>

const stoppedAfterReadings = 3
const toleratedSkewS = 5
const written = z.iso.datetime({ local: true, offset: true })

/** The PLC's own time, which names no zone and is read as UTC; undefined when it cannot be read. */
export const observedAtOf = ({ source }: PlcReply): Instant | undefined => {
  if (!written.safeParse(source.date).success) return undefined
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(source.date)
  const epochMs = epochMsOf(zoned ? source.date : `${source.date}Z`)
  return Number.isNaN(epochMs) ? undefined : instantOf(epochMs)
}

export const nextDeviceClock = (before: DeviceClock | null, { source }: PlcReply): DeviceClock => ({
  date: source.date,
  seen: before?.date === source.date ? before.seen + 1 : 1,
})

/** The PLC's clock decides nothing; that it is wrong is worth knowing. */
export const clockFlags = (clock: DeviceClock, reply: PlcReply, at: Instant): Flag[] => {
  const device = reply.source.from
  const observedAt = observedAtOf(reply)
  if (observedAt === undefined)
    return [flag('DEVICE_CLOCK_UNREADABLE', device, `"${clock.date.slice(0, 40)}" is no date and time`)]
  const skewS = (epochMsOf(at) - epochMsOf(observedAt)) / 1000
  return [
    ...(clock.seen >= stoppedAfterReadings
      ? [flag('DEVICE_CLOCK_STOPPED', device, `${clock.date} in the last ${clock.seen} readings`)]
      : []),
    ...(Math.abs(skewS) > toleratedSkewS
      ? [
          flag(
            'DEVICE_CLOCK_SKEWED',
            device,
            `${Math.abs(Math.round(skewS))} s ${skewS > 0 ? 'behind' : 'ahead'}`,
          ),
        ]
      : []),
  ]
}
