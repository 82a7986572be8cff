import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { SiteRow, WeatherRow } from '../../../answers.ts'
import { refreshFor, useAnswer } from '../../data/answer.ts'

type Row = WeatherRow | SiteRow
type Page<R> = { items: R[] }

const newestFew = 40

/**
 * The rows of a read model over a span: all of it once, and from then on the newest only, so that a chart that stays open
 * costs little. When more came than the newest few, as after a lost connection, all of it is asked for again.
 */
export const useRows = <R extends Row>(
  model: 'weatherwatch' | 'sitewatch',
  every: number,
  limit: number,
): readonly R[] => {
  const kept = useSignal<readonly R[]>([])
  const all = `all of ${model}`
  const whole = useAnswer<Page<R>>(`/api/${model}?limit=${limit}&every=${every}`, [all])
  const newest = useAnswer<Page<R>>(`/api/${model}?limit=${newestFew}&every=${every}`, [model])
  useEffect(() => {
    kept.value = whole.data?.items ?? []
  }, [whole.data])
  useEffect(() => {
    const { value: before } = kept
    const fresh = newest.data?.items ?? []
    const [last] = before
    if (whole.data === null) return
    const later = last ? fresh.filter(({ id }) => id > last.id) : fresh
    if (later.length === newestFew) refreshFor([all])
    else if (later.length > 0) kept.value = [...later, ...before].slice(0, limit)
  }, [newest.data, whole.data])
  return kept.value
}
