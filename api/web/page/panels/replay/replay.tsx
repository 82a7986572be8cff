import type { Night } from '../../../answers.ts'
import { useNow } from '../../data/answer.ts'
import { moment } from '../../route.ts'
import { Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { Empty, Loaded, Section } from '../../ui/section.tsx'
import { spanOf } from '../../ui/times.ts'
import { Happenings } from './happenings.tsx'
import { nightAt } from './span.ts'

const Nights = ({ items }: { items: readonly Night[] }) => (
  <table class="rows">
    <thead>
      <tr>
        <th scope="col">Night</th>
        <th scope="col">Begun</th>
        <th scope="col" class="figure wide">
          Roof open
        </th>
        <th scope="col" class="figure wide">
          Suspended
        </th>
        <th scope="col">What became of it</th>
        <th scope="col" class="wide">
          Report
        </th>
      </tr>
    </thead>
    <tbody>
      {items.map((night) => (
        <tr
          key={night.night}
          class={moment.value !== null && nightAt(items, moment.value)?.night === night.night ? 'chosen' : ''}
        >
          <td>
            <Link to="/replay" query={{ at: night.opened_at }}>
              {night.night}
            </Link>
          </td>
          <td>
            <Instant at={night.opened_at} site={false} />
          </td>
          <td class="figure wide">{night.open_s === null ? '–' : spanOf(night.open_s)}</td>
          <td class="figure wide">{night.suspensions}</td>
          <td>{night.summary ?? (night.closed_at ? 'over' : 'goes on')}</td>
          <td class="wide">
            <a href={`/api/nights/${night.night}/report`}>report</a>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** Any past night, instant by instant: every panel shows what was known then. */
export const Replay = () => {
  const seen = useNow<{ items: Night[] }>('/api/nights?limit=60', ['nights'])
  return (
    <div class="panel">
      <Section title="Nights">
        <Loaded seen={seen}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>No night is on record yet. The first begins when the majordome runs.</Empty>
            ) : (
              <Nights items={items} />
            )
          }
        </Loaded>
      </Section>
      <Section title="What happened">
        {moment.value === null ? (
          <Empty>
            Choose a night: a slider appears above, and Night, Environment, Schedule and the others show what
            was known at that instant.
          </Empty>
        ) : (
          <Happenings nights={seen.data?.items ?? []} at={moment.value} />
        )}
      </Section>
    </div>
  )
}
