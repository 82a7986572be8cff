import type { RequestSummary } from '../../../answers.ts'
import { Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { Empty } from '../../ui/section.tsx'
import { State, toneOf } from '../../ui/state.tsx'

export const RequestList = ({
  items,
  chosen,
}: {
  items: readonly RequestSummary[]
  chosen: string | null
}) => {
  if (items.length === 0) return <Empty>No request is on record with this status. Ask for one below.</Empty>
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Status</th>
          <th scope="col" class="wide">
            Who, for
          </th>
          <th scope="col" class="wide">
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id} class={one.id === chosen ? 'chosen' : ''}>
            <td>
              <Link to="/requests" query={{ id: one.id }}>
                {one.name}
              </Link>
              {one.source === 'json' ? null : <span class="tag">{one.source}</span>}
            </td>
            <td>
              <State tone={toneOf(one.status)}>{one.status.toLowerCase()}</State>
            </td>
            <td class="wide">
              {one.user_id}, {one.programme_id}
            </td>
            <td class="wide dim">
              <Instant at={one.changed_at} site={false} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
