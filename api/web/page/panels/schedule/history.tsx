import type { ScheduleChanges, ScheduleVersion } from '../../../answers.ts'
import { useAnswer, useNow } from '../../data/answer.ts'
import { Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { Empty, Loaded } from '../../ui/section.tsx'
import { minutesOf } from '../../ui/times.ts'
import { becauseOf } from './words.ts'

const Changes = ({ night, version }: { night: string; version: number }) => {
  const seen = useNow<ScheduleChanges>(`/api/schedules/${night}/${version}/changes`)
  const at = (instant: string | null) => (instant ? minutesOf(Date.parse(instant)) : '–')
  return (
    <Loaded seen={seen} none="What it changed is not on record.">
      {({ added, dropped, moved }) =>
        added.length + dropped.length + moved.length === 0 ? (
          <Empty>Version {version} changed nothing that was planned.</Empty>
        ) : (
          <ul class="changes">
            {added.map((one) => (
              <li key={`+${one.sequenceId}${one.occurrence}`}>
                <span class="sign">in</span> <span class="id">{one.sequenceId}</span> at {at(one.startsAt)}{' '}
                UTC
              </li>
            ))}
            {dropped.map((one) => (
              <li key={`-${one.sequenceId}${one.occurrence}`}>
                <span class="sign">out</span> <span class="id">{one.sequenceId}</span> from {at(one.wasAt)}{' '}
                UTC
                {one.code ? `: ${one.code}` : ''}
              </li>
            ))}
            {moved.map((one) => (
              <li key={`~${one.sequenceId}${one.occurrence}`}>
                <span class="sign">moved</span> <span class="id">{one.sequenceId}</span> from {at(one.wasAt)}{' '}
                to {at(one.startsAt)} UTC
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}

/** Every version of a night's plan, and what the shown one changed. */
export const History = ({ night, shown }: { night: string | null; shown: number | null }) => {
  const seen = useAnswer<{ items: ScheduleVersion[] }>(
    night ? `/api/schedules?night=${night}&limit=8` : null,
    ['schedule'],
  )
  if (night === null) return <Empty>No version yet.</Empty>
  return (
    <>
      <Loaded seen={seen}>
        {({ items }) => (
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Made</th>
                <th scope="col">Because</th>
                <th scope="col" class="figure">
                  In / out / moved
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.version} class={one.version === shown ? 'chosen' : ''}>
                  <td>
                    <Link to="/schedule" query={{ night, version: `${one.version}` }}>
                      {one.version}
                    </Link>
                  </td>
                  <td>
                    <Instant at={one.publishedAt} site={false} />
                  </td>
                  <td>{becauseOf(one.causes)}</td>
                  <td class="figure">
                    {one.added} / {one.dropped} / {one.moved}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {shown === null ? null : (
        <>
          <h3>What version {shown} changed</h3>
          <Changes night={night} version={shown} />
        </>
      )}
    </>
  )
}
