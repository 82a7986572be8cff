import { type Signal, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { moment } from '../route.ts'
import { ask, type Trouble } from './ask.ts'

export type Seen<T> = {
  /** The newest answer, also while the next is on its way or does not come. */
  readonly data: T | null
  /** When it came, ms. */
  readonly at: number | null
  readonly trouble: Trouble | null
}

type Entry = {
  readonly url: string
  readonly models: readonly string[]
  readonly seen: Signal<Seen<unknown>>
  users: number
  asking: boolean
  again: boolean
}

const nothing: Seen<never> = { data: null, at: null, trouble: null }
const entries = new Map<string, Entry>()

const retryMs = 2000

/** Nobody answered, or who answered could not just then. */
const mayPass = ({ status }: Trouble): boolean => status === null || status >= 500

const retry = (entry: Entry): void => {
  if (entry.users > 0 && entry.seen.value.trouble !== null) void refresh(entry)
}

const refresh = async (entry: Entry): Promise<void> => {
  if (entry.asking) {
    entry.again = true
    return
  }
  entry.asking = true
  const answer = await ask<unknown>(entry.url)
  entry.asking = false
  const { data } = entry.seen.value
  entry.seen.value = answer.ok
    ? { data: answer.data, at: Date.now(), trouble: null }
    : { ...entry.seen.value, data: answer.trouble.status === 404 ? null : data, trouble: answer.trouble }
  if (!answer.ok && mayPass(answer.trouble)) setTimeout(() => retry(entry), retryMs)
  if (!entry.again) return
  entry.again = false
  await refresh(entry)
}

const entryFor = (url: string, models: readonly string[]): Entry => {
  const known = entries.get(url)
  if (known) return known
  const entry = { url, models, seen: signal<Seen<unknown>>(nothing), users: 0, asking: false, again: false }
  entries.set(url, entry)
  return entry
}

// What nobody looks at is forgotten, but not at once: who comes back within a minute sees it without waiting.
const keptMs = 60_000

const hold = (entry: Entry): (() => void) => {
  entry.users += 1
  if (entry.users === 1) void refresh(entry)
  return () => {
    entry.users -= 1
    setTimeout(() => {
      if (entry.users === 0) entries.delete(entry.url)
    }, keptMs)
  }
}

/** What is looked at follows these read models; `null` is all of them. */
export const refreshFor = (models: readonly string[] | null): void => {
  for (const entry of entries.values())
    if (entry.users > 0 && (models === null || entry.models.some((model) => models.includes(model))))
      void refresh(entry)
}

const momentary = (path: string, at: string | null): string =>
  at === null ? path : `${path}${path.includes('?') ? '&' : '?'}at=${encodeURIComponent(at)}`

/** What the API answers to an address, asked again whenever one of these read models has news; of the replayed moment. */
export const useAnswer = <T>(path: string | null, models: readonly string[] = []): Seen<T> =>
  useNow<T>(path === null ? null : momentary(path, moment.value), moment.value === null ? models : [])

/** The same for what has no past. */
export const useNow = <T>(url: string | null, models: readonly string[] = []): Seen<T> => {
  // The models of an address are always the same.
  const entry = useMemo(() => (url === null ? null : entryFor(url, models)), [url])
  useEffect(() => (entry === null ? undefined : hold(entry)), [entry])
  return (entry?.seen.value ?? nothing) as Seen<T>
}
