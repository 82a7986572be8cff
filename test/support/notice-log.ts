import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { NoticeArrival, NoticeSink } from '#commands/alerts/sources/notice-sink.ts'
import { sha256 } from '#domain/shared/hash.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'

/** A sink on disk: each notice is a line in a file, synced before it is acknowledged; the same bytes are a duplicate. */
export const noticeLog = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'noctuary-notices-'))
  const file = await open(path.join(folder, 'notices'), 'a')
  const hashes = new Set<string>()
  const changes = new Set<() => void>()
  let turn: Promise<unknown> = Promise.resolve()

  const keep = async ({ raw, source, receivedAt }: NoticeArrival) => {
    const hash = sha256(raw).toString('hex')
    const known = hashes.has(hash)
    if (!known) {
      await file.appendFile(
        `${JSON.stringify({ raw: Buffer.from(raw).toString('latin1'), source, receivedAt })}\n`,
      )
      await file.datasync()
      hashes.add(hash)
    }
    for (const changed of changes) changed()
    return {
      outcome: known ? ('duplicate' as const) : ('recorded' as const),
      eventId: uuidFrom(hash, noctuaryNamespace),
      detail: null,
    }
  }
  const sink: NoticeSink = (arrival) => {
    const kept = turn.then(() => keep(arrival))
    turn = kept.catch(() => {})
    return kept
  }
  const kept = async (): Promise<{ raw: string; source: NoticeArrival['source'] }[]> =>
    (await readFile(path.join(folder, 'notices'), 'utf8'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))

  return {
    sink,
    /** What lies on disk, in order. */
    kept,
    /** Resolves once so many different notices are there. */
    until: async (count: number): Promise<void> => {
      if (hashes.size >= count) return
      const { promise, resolve } = Promise.withResolvers<void>()
      const look = () => {
        if (hashes.size < count) return
        changes.delete(look)
        resolve()
      }
      changes.add(look)
      await promise
    },
    [Symbol.asyncDispose]: async () => {
      await turn
      await file.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
