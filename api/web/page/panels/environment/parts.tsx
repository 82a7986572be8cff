import type { PartAnswer } from '../../../answers.ts'
import { refreshFor, useNow } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { may } from '../../data/session.ts'
import { moment } from '../../route.ts'
import { Order, WhoMay } from '../../ui/order.tsx'
import { Loaded } from '../../ui/section.tsx'
import { State, toneOf } from '../../ui/state.tsx'

type PartOrder = PartAnswer['can'][number]

const labels: Readonly<Record<PartOrder, string>> = { stop: 'Stop', start: 'Start', restart: 'Restart' }

/** What makes sense of a part as it is now. */
const sensible = ({ can, state }: PartAnswer): PartOrder[] =>
  can.filter(
    (order) => (order === 'start') === (state === 'stopped' || state === 'given-up' || state === 'ended'),
  )

const order = async (part: string, wanted: PartOrder) => {
  const answer = await tell<PartAnswer>(`/api/system/parts/${encodeURIComponent(part)}/${wanted}`, {
    why: 'ordered from the page',
  })
  refreshFor(['parts'])
  return answer
}

const Row = ({ part }: { part: PartAnswer }) => (
  <tr>
    <th scope="row">{part.name}</th>
    <td>
      <State tone={toneOf(part.state)}>{part.state}</State>
    </td>
    <td class="dim wide">{part.detail}</td>
    <td>
      <div class="orders tight">
        {sensible(part).map((wanted) => (
          <Order
            key={wanted}
            right="operate"
            label={labels[wanted]}
            what=""
            quiet
            {...(wanted === 'stop' ? { sure: `without the ${part.name}?` } : {})}
            does={() => order(part.name, wanted)}
            says={({ state }) => state}
          />
        ))}
      </div>
    </td>
  </tr>
)

/** Parts of the program: how each is, and orders to it (W4). */
export const Parts = ({ names }: { names?: readonly string[] }) => {
  const seen = useNow<{ items: PartAnswer[] }>('/api/system/parts', ['parts'])
  return (
    <Loaded seen={seen} none="This program takes no orders for its parts.">
      {({ items }) => (
        <>
          <table class="rows">
            <thead>
              <tr>
                <th scope="col">Part</th>
                <th scope="col">State</th>
                <th scope="col" class="wide">
                  Says
                </th>
                <th scope="col">Orders</th>
              </tr>
            </thead>
            <tbody>
              {items
                .filter(({ name }) => !names || names.includes(name))
                .map((part) => (
                  <Row key={part.name} part={part} />
                ))}
            </tbody>
          </table>
          {may('operate') || moment.value !== null ? null : (
            <WhoMay right="operate">stop and start these parts</WhoMay>
          )}
        </>
      )}
    </Loaded>
  )
}
