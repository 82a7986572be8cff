import { useSignal } from '@preact/signals'
import type { Receipt, WholeRequest } from '../../../answers.ts'
import { refreshFor } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { may } from '../../data/session.ts'
import { moment } from '../../route.ts'
import { Order } from '../../ui/order.tsx'

/** The author's own text, to be changed: refused when somebody else changed it meanwhile. */
export const Revise = ({
  request: { id, revision, source },
  raw,
}: {
  request: WholeRequest
  raw: string
}) => {
  const text = useSignal(raw)
  if (!may('request') || moment.value !== null) return null
  const save = async () => {
    const answer = await tell<Receipt>(`/api/requests/${encodeURIComponent(id)}`, text.value, {
      method: 'PUT',
      headers: {
        'content-type': source === 'xml' ? 'application/xml' : 'application/json',
        'if-match': `"${revision}"`,
      },
    })
    refreshFor(['requests', 'sequences'])
    return answer
  }
  return (
    <details>
      <summary>Its text, to be changed</summary>
      <textarea
        aria-label="The request's text"
        spellcheck={false}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value
        }}
      />
      <Order
        right="request"
        label={`Save as revision ${revision + 1}`}
        what="change requests"
        does={save}
        says={() => 'saved'}
      />
    </details>
  )
}
