import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Right } from '#domain/people/rights.ts'
import type { Answer, Trouble } from '../data/ask.ts'
import { may, thoseWhoMay } from '../data/session.ts'
import { moment } from '../route.ts'

type Told = { readonly ok: true; readonly says: string } | { readonly ok: false; readonly trouble: Trouble }

type Props<T> = {
  readonly right: Right
  /** What it does, as a verb: "Restart". */
  readonly label: string
  /** What those who may not are told it is: "restart parts". */
  readonly what: string
  readonly does: () => Promise<Answer<T>>
  readonly says?: (data: T) => string
  /** Asked once more before it is done. */
  readonly sure?: string
  readonly quiet?: boolean
}

export const TroubleShown = ({ trouble }: { trouble: Trouble }) => (
  <div class="trouble" role="alert">
    {trouble.errors && trouble.errors.length > 0 ? (
      <ul>
        {trouble.errors.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path ? <code>{path}</code> : null} {message}
          </li>
        ))}
      </ul>
    ) : (
      trouble.detail
    )}
  </div>
)

/** A button for those who may; the others are told who may. In a replay nothing can be done: it is over. */
export const Order = <T,>({ right, label, what, does, says, sure, quiet }: Props<T>) => {
  const told = useSignal<Told | null>(null)
  const busy = useSignal(false)
  const asked = useSignal(false)
  if (moment.value !== null) return quiet ? null : <p class="who-may">In a replay nothing can be done.</p>
  if (!may(right)) return quiet ? null : <WhoMay right={right}>{what}</WhoMay>

  const act = async () => {
    if (sure && !asked.value) {
      asked.value = true
      return
    }
    asked.value = false
    busy.value = true
    told.value = null
    const answer = await does()
    busy.value = false
    told.value = answer.ok ? { ok: true, says: says?.(answer.data) ?? 'done' } : answer
  }
  return (
    <div class="order">
      <button type="button" class={asked.value ? 'sure' : ''} disabled={busy.value} onClick={act}>
        {asked.value ? `${label}: ${sure}` : label}
      </button>
      {asked.value ? (
        <button
          type="button"
          class="plain"
          onClick={() => {
            asked.value = false
          }}
        >
          No
        </button>
      ) : null}
      {told.value === null ? null : told.value.ok ? (
        <span class="told" role="status">
          {told.value.says}
        </span>
      ) : (
        <TroubleShown trouble={told.value.trouble} />
      )}
    </div>
  )
}

export const WhoMay = ({ right, children }: { right: Right; children: ComponentChildren }) => (
  <p class="who-may">
    {thoseWhoMay(right)} may {children}. <a href="/sign-in">Sign in</a>
  </p>
)
