import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { refreshFor } from '../../data/answer.ts'
import { type Trouble, tell } from '../../data/ask.ts'
import { type Session, session } from '../../data/session.ts'
import { addressOf, go } from '../../route.ts'
import { TroubleShown } from '../../ui/order.tsx'

type Props = {
  readonly label: string
  readonly url: string
  readonly body: () => unknown
  readonly children: ComponentChildren
}

/** A form that lets somebody in, or says why not. */
export const Entrance = ({ label, url, body, children }: Props) => {
  const trouble = useSignal<Trouble | null>(null)
  const enter = async () => {
    const answer = await tell<Session>(url, body())
    trouble.value = answer.ok ? null : answer.trouble
    if (!answer.ok) return
    session.value = answer.data
    refreshFor(null)
    go(addressOf('/'))
  }
  return (
    <form
      class="entrance"
      onSubmit={(event) => {
        event.preventDefault()
        void enter()
      }}
    >
      {children}
      <button type="submit">{label}</button>
      {trouble.value ? <TroubleShown trouble={trouble.value} /> : null}
    </form>
  )
}
