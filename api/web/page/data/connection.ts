import { signal } from '@preact/signals'

type Connection = {
  readonly state: 'connecting' | 'connected' | 'lost'
  /** When the server was last heard of, by this machine's clock, ms. */
  readonly heardAt: number | null
}

/** Whether the server is there: a page that is not told anything any more must not look as if it were. */
export const connection = signal<Connection>({ state: 'connecting', heardAt: null })

export const heard = (): void => {
  connection.value = { state: 'connected', heardAt: Date.now() }
}

export const lost = (): void => {
  if (connection.value.state !== 'lost') connection.value = { ...connection.value, state: 'lost' }
}
