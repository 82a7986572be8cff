import type { Schedule } from '../../../answers.ts'
import { Link } from '../../ui/link.tsx'
import { Empty } from '../../ui/section.tsx'

/** What did not find a place, in words, and what would have to be otherwise. */
export const LeftOut = ({ schedule: { leftOut, explained } }: { schedule: Schedule }) => {
  if (leftOut.length === 0) return <Empty>Nothing: all that is asked for has a place.</Empty>
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">Sequence</th>
          <th scope="col">Why not</th>
          <th scope="col">What would help</th>
        </tr>
      </thead>
      <tbody>
        {leftOut.map(({ sequenceId, requestId, code, text, remedy }) => (
          <tr key={sequenceId}>
            <td>
              <Link to="/requests" query={{ id: requestId }} class="id">
                {sequenceId}
              </Link>
            </td>
            <td>
              {text ?? (explained ? code : 'the reason is being written')} <code class="dim">{code}</code>
            </td>
            <td>{remedy ?? '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
