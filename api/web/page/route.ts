import { computed, signal } from '@preact/signals'

const read = () => ({
  path: window.location.pathname,
  query: new URLSearchParams(window.location.search),
})

export const route = signal(read())

/** The instant that is replayed; null for now. It stands in the address, so a moment can be sent to somebody. */
export const moment = computed(() => route.value.query.get('at'))

export const queryOf = (name: string): string | null => route.value.query.get(name)

const take = () => {
  route.value = read()
}

window.addEventListener('popstate', take)

/** An address of this page that keeps the moment that is replayed. */
export const addressOf = (
  path: string,
  query: Readonly<Record<string, string | null | undefined>> = {},
): string => {
  const all = new URLSearchParams()
  const at = query['at'] === undefined ? moment.value : query['at']
  for (const [name, value] of Object.entries({ ...query, at })) if (value) all.set(name, value)
  const text = all.toString()
  return text === '' ? path : `${path}?${text}`
}

export const go = (address: string): void => {
  window.history.pushState(null, '', address)
  take()
  window.scrollTo(0, 0)
}

/** Another query at the same place, without a new entry in the browser's history. */
export const amend = (query: Readonly<Record<string, string | null>>): void => {
  const all = new URLSearchParams(window.location.search)
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === '') all.delete(name)
    else all.set(name, value)
  }
  const text = all.toString()
  window.history.replaceState(null, '', text === '' ? window.location.pathname : `?${text}`)
  take()
}
