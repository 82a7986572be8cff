import { useSignal } from '@preact/signals'
import type { PlcAsked } from '../../../answers.ts'
import { tell } from '../../data/ask.ts'
import { Link } from '../../ui/link.tsx'
import { Order } from '../../ui/order.tsx'

const Answer = ({ asked: { eventId, address, answer, trouble, tookMs } }: { asked: PlcAsked }) => (
  <div class="plc-answer">
    <p class="dim">
      {answer
        ? `${answer.source.from} at ${address}, firmware ${answer.source.firmware}, its clock ${answer.source.date}, ${tookMs} ms`
        : `${address}: ${trouble}`}
      .{' '}
      <Link to="/journal" query={{ event: eventId }}>
        On record
      </Link>
    </p>
    {answer ? (
      <dl class="plc-devices">
        {answer.devices.map(({ name, valid, values }, i) => (
          <div key={`${name} ${i}`}>
            <dt>
              {name}
              {valid === 'yes' ? '' : ` (valid: ${valid})`}
            </dt>
            <dd>{values.map((one) => `${one.name} ${one.value ?? '–'} ${one.unit}`).join(' · ')}</dd>
          </div>
        ))}
      </dl>
    ) : null}
  </div>
)

/** Asks the PLC beside the polls, and shows what it says (W2). */
export const PlcStatus = () => {
  const asked = useSignal<PlcAsked | null>(null)
  const ask = async () => {
    const answer = await tell<PlcAsked>('/api/environment/plc/status')
    if (answer.ok) asked.value = answer.data
    return answer
  }
  return (
    <div>
      <h3>PLC</h3>
      <Order
        right="operate"
        label="Ask its status"
        what="ask the PLC for its status"
        does={ask}
        says={({ answer }) => (answer ? 'answered' : 'no answer')}
      />
      {asked.value ? <Answer asked={asked.value} /> : null}
    </div>
  )
}
