import { Instant } from '../../ui/instant.tsx'
import { fixed } from '../../ui/numbers.ts'
import { Empty } from '../../ui/section.tsx'
import type { Mark } from './marks.ts'

/** The marks in the sky as a table. */
export const Targets = ({ marks }: { marks: readonly Mark[] }) => {
  if (marks.length === 0) return <Empty>No target is in the plan, and no alert is acted on.</Empty>
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col" class="figure">
            Altitude
          </th>
          <th scope="col" class="figure">
            Azimuth
          </th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {marks.map((mark) => (
          <tr key={mark.id} class={mark.kind === 'observed now' ? 'chosen' : ''}>
            <td class={mark.kind === 'past' ? 'dim' : ''}>{mark.name}</td>
            <td class="figure">{mark.altitudeDeg < 0 ? 'down' : `${fixed(mark.altitudeDeg, 0)}°`}</td>
            <td class="figure">{fixed(mark.azimuthDeg, 0)}°</td>
            <td class="dim">{mark.startsAt ? <Instant at={mark.startsAt} site={false} /> : mark.kind}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
