import { useSignal } from '@preact/signals'
import type { Consequences, EventAnswer, Why } from '../../../answers.ts'
import { useAnswer, useNow } from '../../data/answer.ts'
import { amend } from '../../route.ts'
import { Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { Empty, Fact, Loaded } from '../../ui/section.tsx'
import { CauseGraph } from './cause-graph.tsx'

const mostNodes = 60

const Facts = ({ event }: { event: EventAnswer }) => (
  <>
    <p class="lead">{event.summary ?? event.type}</p>
    <dl class="facts">
      <Fact name="Type">{event.type}</Fact>
      <Fact name="When">
        <Instant at={event.occurredAt} seconds />
        {event.observedAt ? `, by the device's own clock ${event.observedAt}` : ''}
      </Fact>
      <Fact name="Who">
        {event.actor.kind} {event.actor.id}
        {event.rulesVersion ? `, by rules ${event.rulesVersion}` : ''}
        {event.simulated ? ', simulated' : ''}
      </Fact>
      <Fact name="Stream">
        <button type="button" class="plain" onClick={() => amend({ stream: event.stream, cursor: null })}>
          {event.stream}
        </button>{' '}
        number {event.revision}
      </Fact>
      <Fact name="Id">
        <span class="id">{event.id}</span>
      </Fact>
    </dl>
    <details>
      <summary>Its data</summary>
      <pre class="data">{JSON.stringify(event.data, null, 2)}</pre>
    </details>
  </>
)

const Story = ({ story }: Pick<Why, 'story'>) => (
  <ol class="story">
    {story.map(({ at, eventId, depth, text }, i) => (
      <li key={`${i} ${text}`} style={{ paddingLeft: `${Math.min(depth, 6) * 14}px` }}>
        {at ? (
          <>
            <Instant at={at} seconds site={false} />{' '}
          </>
        ) : null}
        {eventId && at ? (
          <Link to="/journal" query={{ event: eventId }} class="story-line">
            {text}
          </Link>
        ) : (
          <span class="dim">{text}</span>
        )}
      </li>
    ))}
  </ol>
)

/** One event: what it says, why it came about as a graph and as a story, and what came of it. */
export const EventShown = ({ id }: { id: string }) => {
  const consequences = useSignal(false)
  const event = useAnswer<EventAnswer>(`/api/events/${id}`)
  const limits = `nodes=${mostNodes}&depth=12`
  const why = useAnswer<Why>(`/api/events/${id}/why?${limits}`)
  const effects = useNow<Consequences>(consequences.value ? `/api/events/${id}/consequences?${limits}` : null)
  return (
    <>
      <Loaded seen={event} none="No event has this id, or the journal has not come to it yet.">
        {(found) => <Facts event={found} />}
      </Loaded>
      <h3>Why</h3>
      <Loaded seen={why} none="The journal has not come to it yet.">
        {({ nodes, edges, complete, story }) => (
          <>
            <CauseGraph nodes={nodes} edges={edges} towards="left" />
            {complete ? null : <p class="dim">There is more: the nearest {mostNodes} are shown.</p>}
            <Story story={story} />
          </>
        )}
      </Loaded>
      <h3>What came of it</h3>
      {consequences.value ? (
        <Loaded seen={effects}>
          {({ nodes, edges, complete }) =>
            nodes.length <= 1 ? (
              <Empty>Nothing yet.</Empty>
            ) : (
              <>
                <CauseGraph nodes={nodes} edges={edges} towards="right" />
                {complete ? null : <p class="dim">There is more: the nearest {mostNodes} are shown.</p>}
              </>
            )
          }
        </Loaded>
      ) : (
        <button
          type="button"
          onClick={() => {
            consequences.value = true
          }}
        >
          Show
        </button>
      )}
    </>
  )
}
