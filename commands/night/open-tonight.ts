import type { EventStore } from '#commands/event-store.ts'
import { StoreUnavailable } from '#commands/event-store.ts'
import { type ControlMode, controlModeSchema } from '#domain/night/course-events.ts'
import { openNight } from '#domain/night/majordome/phases.ts'
import { nightStream } from '#domain/night/streams.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightBefore, nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { nightCourse } from './course.ts'

type Parts = {
  readonly store: EventStore
  readonly clock: Clock
  readonly site: Site
  readonly simulated: boolean
}

const retryMs = 500

/** The mode that the night before was left in; automatic where there was none. */
const modeOf = async (store: EventStore, site: string, night: string): Promise<ControlMode> => {
  for await (const { type, data } of store.readBackwards(nightStream(site, night))) {
    if (type !== 'ControlModeChanged' && type !== 'NightOpened') continue
    if (typeof data === 'object' && data !== null && 'mode' in data) return controlModeSchema.parse(data.mode)
  }
  return 'automatic'
}

/** Opens the night that it is now, unless it is open: what a start finds undone. From then on the majordome does it at noon. */
export const openTonight = async (
  { store, clock, site, simulated }: Parts,
  signal: AbortSignal,
): Promise<void> => {
  const at = instantOf(clock.now())
  const night = nightOf(at, site.timeZone)
  for (;;) {
    try {
      const command = openNight(site, at, await modeOf(store, site.id, nightBefore(night)))
      await nightCourse(store, site.id)(command, {
        commandId: uuidFrom(`open/${site.id}/${night}`, noctuaryNamespace),
        at,
        night,
        actor: { kind: 'agent', id: 'majordome' },
        simulated,
      })
      return
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      await clock.sleepUntil(clock.now() + retryMs, signal)
    }
  }
}
