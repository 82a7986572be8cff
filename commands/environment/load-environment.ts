import type { EventStore } from '#commands/event-store.ts'
import type { Loaded } from '#commands/resident-handler.ts'
import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import { type EnvironmentEvent, environmentEvents } from '#domain/environment/events.ts'
import { reachesBackFarEnough, resumeEnvironment } from '#domain/environment/resume.ts'
import type { EnvironmentState } from '#domain/environment/state.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { nightBefore } from '#domain/shared/night.ts'

/** After a week without a reading nothing of the past bears on today. */
const nightsToLookBack = 7

const types = new Set<string>(environmentEvents.map(({ type }) => type))

const isEnvironmentEvent = (event: Recorded): event is Recorded<EnvironmentEvent> => types.has(event.type)

const nightsBackFrom = function* (night: string): Generator<string> {
  for (let [name, left] = [night, nightsToLookBack]; left > 0; name = nightBefore(name), left--) yield name
}

/**
 * The environment's state as the log has it: read back from the newest event, through the nights before if need be, just
 * far enough. Five minutes of readings after a restart, not the night's hundred thousand events.
 */
export const loadEnvironment = async (
  store: EventStore,
  site: string,
  { at, night: current }: Pick<EnvironmentCommand, 'at' | 'night'>,
): Promise<Loaded<EnvironmentState>> => {
  const newestFirst: Recorded[] = []
  let revision: Loaded<EnvironmentState>['revision'] = 'none'
  search: for (const night of nightsBackFrom(current)) {
    for await (const event of store.readBackwards(environmentStream(site, night))) {
      if (night === current && revision === 'none') revision = event.revision
      newestFirst.push(event)
      const happened = isEnvironmentEvent(event) ? [{ event, occurredAt: event.metadata.occurredAt }] : []
      if (reachesBackFarEnough(happened, at)) break search
    }
  }
  const recent = newestFirst.reverse()
  const tail = recent
    .filter(isEnvironmentEvent)
    .map((event) => ({ event, occurredAt: event.metadata.occurredAt }))
  return { state: resumeEnvironment(tail), revision, recent }
}
