import { checkEventData } from '#domain/catalogue.ts'
import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import { environment } from '#domain/environment/decider.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { eventIdOf } from '#domain/shared/ids.ts'

/** What the log gives back after commands were handled one after another. */
export const recordedBy = (commands: readonly EnvironmentCommand[]): Recorded[] => {
  const events: Recorded[] = []
  let state = environment.initial
  for (const command of commands) {
    const { commandId, at, night } = command
    const decided = environment.decide(command, state)
    for (const [index, { type, data, metadata }] of decided.entries()) {
      const checked = checkEventData(type, data)
      const place = BigInt(events.length + 1) * 100n
      events.push({
        id: eventIdOf(commandId, index),
        type,
        // As it comes back from the log: through JSON.
        data: JSON.parse(JSON.stringify(checked.data)),
        stream: environmentStream('osm', night),
        revision: BigInt(events.length),
        position: { commit: place, prepare: place },
        metadata: {
          schemaVersion: checked.schemaVersion,
          occurredAt: at,
          correlationId: commandId,
          causationId: commandId,
          actor: { kind: 'agent', id: 'environment-monitor' },
          site: 'osm',
          night,
          ...metadata,
        },
      })
    }
    state = decided.reduce((before, event) => environment.evolve(before, event, at), state)
  }
  return events
}
