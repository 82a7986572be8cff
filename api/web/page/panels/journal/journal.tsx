import type { JournalEntry } from '../../../answers.ts'
import { useAnswer } from '../../data/answer.ts'
import { queryOf, route } from '../../route.ts'
import { Loaded, Section } from '../../ui/section.tsx'
import { EventShown } from './event.tsx'
import { Filters } from './filters.tsx'
import { turningPoints } from './kinds.ts'
import { JournalList } from './list.tsx'

const filterNames = ['night', 'type', 'stream', 'actor', 'from', 'to', 'simulated', 'correlation'] as const

/** The question to the journal that stands in the page's own address. */
const journalUrl = (query: URLSearchParams): string => {
  const asked = new URLSearchParams({ limit: '60' })
  for (const name of filterNames) {
    const text = query.get(name)
    if (text) asked.set(name, text)
  }
  // Polls come every two seconds: without a filter they would be all there is to see.
  const narrowed = ['type', 'stream', 'correlation'].some((name) => query.get(name))
  if (!narrowed && query.get('every') !== 'event')
    for (const type of turningPoints) asked.append('type', type)
  const cursor = query.get('cursor')
  if (cursor) asked.set('cursor', cursor)
  return `/api/journal?${asked}`
}

/** Every event on record, and why each came about. */
export const Journal = () => {
  const seen = useAnswer<{ items: JournalEntry[]; next: string | null }>(journalUrl(route.value.query), [
    'journal',
  ])
  const chosen = queryOf('event')
  return (
    <div class="panel">
      <Section title="Find">
        <Filters />
      </Section>
      <Section
        title="Events, newest first"
        span={chosen ? 5 : 12}
        aside={chosen ? null : 'Choose one to see what led to it, and what came of it.'}
      >
        <Loaded seen={seen}>
          {({ items, next }) => <JournalList items={items} next={next} chosen={chosen} />}
        </Loaded>
      </Section>
      {chosen ? (
        <Section title="One event" span={7}>
          <EventShown key={chosen} id={chosen} />
        </Section>
      ) : null}
    </div>
  )
}
