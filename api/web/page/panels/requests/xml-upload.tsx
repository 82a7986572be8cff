import { useSignal } from '@preact/signals'
import type { Receipt } from '../../../answers.ts'
import { refreshFor } from '../../data/answer.ts'
import { tell } from '../../data/ask.ts'
import { Order } from '../../ui/order.tsx'
import { showRequest } from './show.ts'

/** PYROS's XML, or the JSON that the API takes, from a file. */
export const XmlUpload = () => {
  const file = useSignal<File | null>(null)
  const send = async () => {
    const chosen = file.value
    if (!chosen)
      return {
        ok: false,
        trouble: { status: null, code: 'no_file', detail: 'Choose a file first.' },
      } as const
    const isXml = /\.xml$/i.test(chosen.name) || chosen.type.includes('xml')
    const answer = await tell<Receipt>('/api/requests', await chosen.text(), {
      headers: { 'content-type': isXml ? 'application/xml' : 'application/json' },
    })
    if (answer.ok) {
      refreshFor(['requests'])
      showRequest(answer.data.id)
    }
    return answer
  }
  return (
    <>
      <label class="field">
        <span>XML as PYROS wrote it, or JSON as the API takes it</span>
        <input
          type="file"
          accept=".xml,.json,application/xml,text/xml,application/json"
          onChange={(event) => {
            file.value = event.currentTarget.files?.[0] ?? null
          }}
        />
      </label>
      <Order
        right="request"
        label="Hand in the file"
        what="hand in requests"
        does={send}
        says={({ id, status, warnings }) =>
          `${id}: ${status.toLowerCase()}${warnings.length > 0 ? `, ${warnings.length} oddities` : ''}`
        }
      />
    </>
  )
}
