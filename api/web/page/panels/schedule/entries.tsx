import type { ScheduleEntry } from '../../../answers.ts'
import { shownNow } from '../../clock.ts'
import { Instant } from '../../ui/instant.tsx'
import { Link } from '../../ui/link.tsx'
import { fixed } from '../../ui/numbers.ts'
import { Empty } from '../../ui/section.tsx'
import { spanOf } from '../../ui/times.ts'

const figure = (value: number | null, digits: number, unit = ''): string =>
  value === null ? '–' : `${fixed(value, digits)}${unit}`

const when = ({ startsAt, endsAt }: ScheduleEntry): string => {
  const now = shownNow.value
  if (Date.parse(endsAt) < now) return 'past'
  return Date.parse(startsAt) <= now ? 'running' : ''
}

/** What is placed, in the order of time, with what its place rests on. */
export const Entries = ({ entries }: { entries: readonly ScheduleEntry[] }) => {
  if (entries.length === 0)
    return (
      <Empty>
        Nothing is placed. <Link to="/requests">Ask for something</Link>, or see below why it was left out.
      </Empty>
    )
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">Begins</th>
          <th scope="col">What</th>
          <th scope="col" class="figure wide">
            Takes
          </th>
          <th scope="col" class="figure">
            Altitude
          </th>
          <th scope="col" class="figure wide">
            Airmass
          </th>
          <th scope="col" class="figure wide">
            Moon
          </th>
          <th scope="col" class="figure wide">
            Priority
          </th>
          <th scope="col" class="wide">
            Could slip
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr
            key={`${entry.sequenceId}#${entry.occurrence}`}
            class={when(entry) === 'running' ? 'chosen' : ''}
          >
            <td>
              <Instant at={entry.startsAt} />
            </td>
            <td class={when(entry) === 'past' ? 'dim' : ''}>
              {entry.name}{' '}
              <Link to="/requests" query={{ id: entry.requestId }} class="id">
                {entry.sequenceId}
              </Link>
              {entry.kind === 'planned' ? null : <span class="tag">{entry.kind}</span>}
            </td>
            <td class="figure wide">
              {spanOf((Date.parse(entry.endsAt) - Date.parse(entry.startsAt)) / 1000)}
            </td>
            <td class="figure">{figure(entry.altitudeDeg, 0, '°')}</td>
            <td class="figure wide">{figure(entry.airmass, 2)}</td>
            <td class="figure wide">{figure(entry.moonSeparationDeg, 0, '°')}</td>
            <td class="figure wide">{entry.priority}</td>
            <td class="wide dim">
              {spanOf(entry.slackBeforeS)} earlier, {spanOf(entry.slackAfterS)} later
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
