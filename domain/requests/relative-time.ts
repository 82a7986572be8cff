import { addSeconds, type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { AuthoredContent } from './content.ts'

type Content = Pick<AuthoredContent, 'relativeTo' | 'sequences'>

/** The same with windows that count from a submission at `at`, where they were written so (P26). */
export const submittedAt = <C extends Content>(content: C, at: Instant): C => {
  const { relativeTo } = content
  if (relativeTo === undefined) return content
  const shift = (instant: Instant | null) =>
    instant === null ? null : addSeconds(instant, secondsBetween(relativeTo, at))
  return {
    ...content,
    relativeTo: at,
    sequences: content.sequences.map((sequence) => ({
      ...sequence,
      windows: sequence.windows.map(({ from, until }) => ({ from: shift(from), until: shift(until) })),
    })),
  }
}
