import { decodeEventData } from '#domain/catalogue.ts'
import { type EnvironmentEvent, environmentEvents } from '#domain/environment/events.ts'
import type { RecordedPoll } from '#domain/environment/recorded-poll.ts'
import type { StoredEvent } from '#domain/night/hash-chain.ts'
import { UndecodableEvent } from '#domain/shared/decode-event.ts'
import { type Metadata, metadataSchema } from '#domain/shared/metadata.ts'

const types = new Set<string>(environmentEvents.map(({ type }) => type))

const isEnvironmentEvent = (event: { type: string; data: unknown }): event is EnvironmentEvent =>
  types.has(event.type)

const decoded = ({ type, metadata: given, data }: StoredEvent) => {
  const metadata = metadataSchema.safeParse(given)
  if (!metadata.success) throw new UndecodableEvent(type, 0, 'its metadata is not ours')
  const event = { type, data: decodeEventData(type, metadata.data.schemaVersion, data) }
  if (!isEnvironmentEvent(event))
    throw new UndecodableEvent(type, metadata.data.schemaVersion, 'it is no event of the environment')
  return { event, metadata: metadata.data }
}

const pollOf = (events: readonly { event: EnvironmentEvent; metadata: Metadata }[]): RecordedPoll | null => {
  const [first] = events
  if (!first) return null
  const { correlationId: commandId, occurredAt: at, night } = first.metadata
  const rulesVersion = events.find(({ metadata }) => metadata.rulesVersion)?.metadata.rulesVersion
  return { commandId, at, night, events: events.map(({ event }) => event), rulesVersion }
}

/** A night's environment stream, poll by poll: all events of one append share their command. Throws `UndecodableEvent`. */
export async function* recordedPolls(
  batches: AsyncIterable<readonly StoredEvent[]>,
): AsyncGenerator<RecordedPoll> {
  let begun: { event: EnvironmentEvent; metadata: Metadata }[] = []
  for await (const batch of batches) {
    for (const stored of batch) {
      const next = decoded(stored)
      if (begun[0] && begun[0].metadata.correlationId !== next.metadata.correlationId) {
        const poll = pollOf(begun)
        if (poll) yield poll
        begun = []
      }
      begun.push(next)
    }
  }
  const last = pollOf(begun)
  if (last) yield last
}
