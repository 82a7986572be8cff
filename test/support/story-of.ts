import type { Recorded } from '#domain/shared/event.ts'
import { referencesOf } from '#domain/shared/references.ts'
import { type Chapter, type StoryLine, storyOf } from '#domain/story.ts'
import { explore } from '#projections/journal/graph.ts'

/** What `why` tells of an event of a log, found as the journal finds it: by causation and by the ids that data names. */
export const whyOf = async (log: readonly Recorded[], id: string): Promise<StoryLine[]> => {
  const byId = new Map(log.map((event) => [event.id, event]))
  const edgesOf = async (ids: readonly string[]) =>
    ids.flatMap((effect) => {
      const event = byId.get(effect)
      if (!event) return []
      const { causationId } = event.metadata
      return [
        { cause: causationId, effect, through: 'causationId' },
        ...referencesOf(event.data).map(({ id: cause, field }) => ({ cause, effect, through: field })),
      ]
    })
  const { depths, edges } = await explore(id, 'causes', edgesOf, { depth: 10, nodes: 500 })
  const chapters = [...depths].flatMap(([at, depth]): Chapter[] => {
    const event = byId.get(at)
    if (event) return [{ kind: 'event', depth, event }]
    const caused = edges.find(({ cause, through }) => cause === at && through === 'causationId')
    const actor = caused && byId.get(caused.effect)?.metadata.actor
    return actor ? [{ kind: 'command', depth, id: at, by: `${actor.kind}:${actor.id}` }] : []
  })
  return storyOf(chapters.slice(0, 50))
}
