import type { JournalEntry, Night } from '../../../answers.ts'
import { useNow } from '../../data/answer.ts'
import { amend } from '../../route.ts'
import { Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { Empty, Loaded } from '../../ui/section.tsx'
import { turningPoints } from '../journal/kinds.ts'
import { nightAt } from './span.ts'

export const turningUrl = (night: string): string =>
  `/api/journal?night=${night}&order=oldest&limit=1000&${turningPoints.map((type) => `type=${type}`).join('&')}`

/** What turned the replayed night, to jump to. */
export const Happenings = ({ nights, at }: { nights: readonly Night[]; at: string }) => {
  const night = nightAt(nights, at)
  const seen = useNow<{ items: JournalEntry[] }>(night ? turningUrl(night.night) : null, ['journal'])
  if (!night) return <Empty>No night had begun at that instant.</Empty>
  return (
    <Loaded seen={seen}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>Nothing that turned the night is on record.</Empty>
        ) : (
          <table class="rows">
            <tbody>
              {items.map((entry) => (
                <tr key={entry.id} class={entry.occurredAt > at ? 'yet-to-come' : ''}>
                  <td>
                    <button type="button" class="plain" onClick={() => amend({ at: entry.occurredAt })}>
                      <Instant at={entry.occurredAt} seconds site={false} />
                    </button>
                  </td>
                  <td>{entry.summary ?? entry.type}</td>
                  <td class="wide">
                    <Link to="/journal" query={{ event: entry.id }}>
                      Why?
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )
      }
    </Loaded>
  )
}
