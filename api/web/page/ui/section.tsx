import type { ComponentChildren } from 'preact'
import type { Seen } from '../data/answer.ts'

type SectionProps = {
  readonly title: string
  readonly aside?: ComponentChildren
  /** How many of twelve columns it takes where there is room. */
  readonly span?: 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12
  readonly children: ComponentChildren
}

export const Section = ({ title, aside, span = 12, children }: SectionProps) => (
  <section class={`section span-${span}`} aria-label={title}>
    <header>
      <h2>{title}</h2>
      {aside ? <div class="aside">{aside}</div> : null}
    </header>
    {children}
  </section>
)

/** Why there is nothing, and what to do about it. */
export const Empty = ({ children }: { children: ComponentChildren }) => <p class="empty">{children}</p>

type LoadedProps<T> = {
  readonly seen: Seen<T>
  /** What it means that the API says there is none. */
  readonly none?: ComponentChildren
  readonly children: (data: T) => ComponentChildren
}

/** An answer once there is one; before that, why not yet. */
export const Loaded = <T,>({ seen: { data, trouble }, none, children }: LoadedProps<T>) => {
  if (data !== null)
    return (
      <>
        {trouble && trouble.status !== null ? <p class="trouble">Not up to date: {trouble.detail}</p> : null}
        {children(data)}
      </>
    )
  if (trouble?.status === 404 && none) return <Empty>{none}</Empty>
  if (trouble?.status === 401 || trouble?.status === 403)
    return (
      <Empty>
        {trouble.detail} <a href="/sign-in">Sign in</a>
      </Empty>
    )
  if (trouble) return <Empty>{trouble.detail}</Empty>
  return <Empty>Asking the observatory…</Empty>
}

/** A name and what it is, aligned with its neighbours. */
export const Fact = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <div class="fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
