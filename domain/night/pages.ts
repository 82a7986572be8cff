import type { MarkedRun } from './events.ts'
import { markBytes } from './hash-chain.ts'
import type { Run } from './night-hash.ts'

/** Base64 makes 4 characters of 3 bytes: with names around it a page stays below the 1 MiB of an append. */
const marksPerPage = 60_000
/** What a run's name and punctuation take, in marks. */
const runCost = 16

const packed = (marks: readonly string[]): string => Buffer.from(marks.join(''), 'hex').toString('base64')

/** The runs of a night in pages that each fit into one append; a long run is cut. */
export const pagesOf = (runs: readonly Run[], room = marksPerPage): MarkedRun[][] => {
  const pages: MarkedRun[][] = []
  let [page, left]: [MarkedRun[], number] = [[], 0]
  for (const { stream, firstRevision, marks } of runs) {
    for (let at = 0; at < marks.length; ) {
      if (left <= runCost) {
        page = []
        left = room
        pages.push(page)
      }
      const piece = marks.slice(at, at + left - runCost)
      page.push({ stream, firstRevision: Number(firstRevision) + at, marks: packed(piece) })
      at += piece.length
      left -= piece.length + runCost
    }
  }
  return pages
}

export const unpacked = ({ marks }: MarkedRun): string[] => {
  const bytes = Buffer.from(marks, 'base64')
  return Array.from({ length: bytes.length / markBytes }, (_, i) =>
    bytes.toString('hex', i * markBytes, (i + 1) * markBytes),
  )
}
