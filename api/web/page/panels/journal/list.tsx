import type { JournalEntry } from '../../../answers.ts'
import { amend, queryOf } from '../../route.ts'
import { Instant } from '../../ui/instant.tsx'
import { Empty } from '../../ui/section.tsx'

type Props = {
  readonly items: readonly JournalEntry[]
  readonly next: string | null
  readonly chosen: string | null
}

export const JournalList = ({ items, next, chosen }: Props) => {
  if (items.length === 0) return <Empty>No event on record fits; take a filter away.</Empty>
  return (
    <div class={chosen ? 'tall' : ''}>
      <table class="rows journal">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            {chosen ? null : (
              <th scope="col" class="wide">
                Who
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <tr key={entry.id} class={entry.id === chosen ? 'chosen' : ''}>
              <td>
                <Instant at={entry.occurredAt} seconds site={false} />
              </td>
              <td>
                <button type="button" class="plain entry" onClick={() => amend({ event: entry.id })}>
                  {entry.type}
                </button>{' '}
                {entry.summary ?? ''}
                {entry.simulated ? <span class="tag">simulated</span> : null}
              </td>
              {chosen ? null : (
                <td class="wide dim">
                  {entry.actor.kind} {entry.actor.id}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <div class="orders">
        {queryOf('cursor') ? (
          <button type="button" onClick={() => amend({ cursor: null })}>
            Newest
          </button>
        ) : null}
        {next ? (
          <button type="button" onClick={() => amend({ cursor: next })}>
            Older
          </button>
        ) : null}
      </div>
    </div>
  )
}
