import type { Agent } from '../../../answers.ts'
import { useAnswer } from '../../data/answer.ts'
import { For, Instant } from '../../ui/instant.tsx'
import { Empty, Loaded } from '../../ui/section.tsx'
import { State, toneOf } from '../../ui/state.tsx'

/** The agents' life cycles, as they stand in the log. */
export const Agents = () => {
  const seen = useAnswer<{ items: Agent[] }>('/api/agents', ['agents'])
  return (
    <Loaded seen={seen}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty>No agent has run yet. They start with the program; see Parts.</Empty>
        ) : (
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Agent</th>
                <th scope="col">Life</th>
                <th scope="col">For</th>
                <th scope="col" class="figure">
                  Restarts
                </th>
                <th scope="col">Last failure</th>
              </tr>
            </thead>
            <tbody>
              {items.map(({ name, state, since, restarts, lastFailure }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    <State tone={toneOf(state)}>{state.toLowerCase().replace('_', ' ')}</State>
                  </td>
                  <td>
                    <For since={since} />
                  </td>
                  <td class="figure">{restarts}</td>
                  <td>
                    {lastFailure ? (
                      <>
                        <Instant at={lastFailure.at} site={false} />, {lastFailure.during}: {lastFailure.why}
                      </>
                    ) : (
                      'none'
                    )}
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
