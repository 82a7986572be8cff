import type { ComponentChildren } from 'preact'
import { addressOf, go } from '../route.ts'

type Props = {
  readonly to: string
  readonly query?: Readonly<Record<string, string | null>>
  readonly class?: string
  readonly current?: boolean
  readonly children: ComponentChildren
}

/** A way to another panel, without loading the page anew. */
export const Link = ({ to, query = {}, class: name, current, children }: Props) => {
  const address = addressOf(to, query)
  return (
    <a
      href={address}
      class={name}
      aria-current={current ? 'page' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        go(address)
      }}
    >
      {children}
    </a>
  )
}
