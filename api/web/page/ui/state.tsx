import type { ComponentChildren } from 'preact'

/** How a thing is, coarsely: it has a shape and a colour, and is never told by colour alone. */
export type Tone = 'safe' | 'warn' | 'unsafe' | 'unknown' | 'busy' | 'idle'

const shapes: Readonly<Record<Tone, string>> = {
  safe: 'M6 1.2a4.8 4.8 0 1 1 0 9.6a4.8 4.8 0 1 1 0-9.6z',
  warn: 'M6 1l5.4 9.8H.6z',
  unsafe: 'M1.2 1.2h9.6v9.6H1.2z',
  unknown: 'M6 .6L11.4 6 6 11.4.6 6z',
  busy: 'M2.4 1l8.2 5-8.2 5z',
  idle: 'M1 5h10v2H1z',
}

const Shape = ({ tone }: { tone: Tone }) => (
  <svg class="shape" viewBox="0 0 12 12" aria-hidden="true">
    <path d={shapes[tone]} class={tone === 'unknown' ? 'hollow' : ''} />
  </svg>
)

/** A state as word, shape and colour. */
export const State = ({
  tone,
  big,
  children,
}: {
  tone: Tone
  big?: boolean
  children: ComponentChildren
}) => (
  <span class={`state tone-${tone} ${big ? 'big' : ''}`}>
    <Shape tone={tone} />
    <span>{children}</span>
  </span>
)

const tones: Readonly<Record<string, Tone>> = {
  safe: 'safe',
  warn: 'warn',
  unsafe: 'unsafe',
  unknown: 'unknown',
  up: 'safe',
  live: 'safe',
  ok: 'safe',
  active: 'safe',
  starting: 'busy',
  init: 'busy',
  ready: 'busy',
  building: 'busy',
  standby: 'idle',
  ended: 'idle',
  stopped: 'idle',
  terminated: 'idle',
  down: 'unsafe',
  lost: 'unsafe',
  error: 'unsafe',
  'given-up': 'unsafe',
  given_up: 'unsafe',
  degraded: 'unsafe',
  paused: 'warn',
  outdated: 'warn',
  executed: 'safe',
  finished: 'safe',
  submitted: 'safe',
  planned: 'safe',
  executing: 'busy',
  running: 'busy',
  tobeplanned: 'busy',
  draft: 'idle',
  withdrawn: 'idle',
  cancelled: 'idle',
  retracted: 'idle',
  unplannable: 'warn',
  missed: 'warn',
  invalid: 'unsafe',
  failed: 'unsafe',
  aborted: 'unsafe',
  refused: 'unsafe',
  'timed-out': 'unsafe',
  completed: 'safe',
  requested: 'busy',
  agreed: 'busy',
  observe: 'safe',
  wait: 'busy',
  ignore: 'idle',
}

/** The tone of a word that the API uses for a state. */
export const toneOf = (word: string): Tone => tones[word.toLowerCase()] ?? 'unknown'
