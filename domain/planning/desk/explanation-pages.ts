import type { ExplainedEntry, ScheduleExplained } from '../events.ts'

/** Well below the megabyte that an event store takes at the most. */
const pageBytes = 500_000

const sizeOf = (entry: ExplainedEntry): number => Buffer.byteLength(JSON.stringify(entry)) + 1

/** The reasons of all that a version leaves out, in pages; one empty page where it leaves out nothing. */
export const explanationPages = (
  scheduleVersion: number,
  unplaced: readonly ExplainedEntry[],
): ScheduleExplained['data'][] => {
  const pages: ExplainedEntry[][] = [[]]
  let size = 0
  for (const entry of unplaced) {
    const more = sizeOf(entry)
    if (size > 0 && size + more > pageBytes) {
      pages.push([])
      size = 0
    }
    pages.at(-1)?.push(entry)
    size += more
  }
  return pages.map((entries, i) => ({
    scheduleVersion,
    page: i + 1,
    last: i === pages.length - 1,
    unplaced: entries,
  }))
}
