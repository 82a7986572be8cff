import type { Alert } from '../../../answers.ts'
import { Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { Empty } from '../../ui/section.tsx'
import { State, toneOf } from '../../ui/state.tsx'

const wordOf = ({ state, cancelled, outcome }: Alert): string => {
  if (cancelled) return 'cancelled'
  return state === 'retracted' ? 'retracted' : (outcome ?? 'not judged')
}

const positionOf = ({ ra_deg, dec_deg, error_deg }: Alert): string =>
  ra_deg === null || dec_deg === null
    ? 'no place yet'
    : `${ra_deg.toFixed(2)}° ${dec_deg < 0 ? '−' : '+'}${Math.abs(dec_deg).toFixed(2)}°${error_deg === null ? '' : `, ±${error_deg < 1 ? `${(error_deg * 60).toFixed(1)}′` : `${error_deg.toFixed(0)}°`}`}`

export const AlertList = ({ items, chosen }: { items: readonly Alert[]; chosen: string | null }) => {
  if (items.length === 0)
    return (
      <Empty>
        No alert came in yet. They arrive from the brokers that System lists; a fake one can be made below.
      </Empty>
    )
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">Alert</th>
          <th scope="col">Judged</th>
          <th scope="col" class="wide">
            Where
          </th>
          <th scope="col">Came in</th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.trigger} class={one.trigger === chosen ? 'chosen' : ''}>
            <td>
              <Link to="/alerts" query={{ id: one.trigger }}>
                {one.trigger}
              </Link>
              {one.simulated ? <span class="tag">simulated</span> : null}
            </td>
            <td>
              <State tone={toneOf(wordOf(one))}>{wordOf(one)}</State>
            </td>
            <td class="wide">{positionOf(one)}</td>
            <td>
              <Instant at={one.received_at} seconds site={false} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
