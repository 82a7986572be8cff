import type { EventStore } from '#commands/event-store.ts'
import { type Note, noteOf } from '#domain/night/report/notes-fold.ts'
import type { OperationEvent } from '#domain/operation/events.ts'
import { isOperationEvent } from '#domain/operation/sentences.ts'
import { operationStream } from '#domain/operation/streams.ts'
import type { Recorded } from '#domain/shared/event.ts'

const isOwn = (event: Recorded): event is Recorded<OperationEvent> => isOperationEvent(event)

/** The newest notes of a night, newest first; none where nobody wrote any. */
export const readNotes = async (
  store: EventStore,
  site: string,
  night: string,
  limit: number,
): Promise<Note[]> => {
  const notes: Note[] = []
  for await (const event of store.readBackwards(operationStream(site, night))) {
    const note = isOwn(event) ? noteOf(event) : null
    if (note) notes.push(note)
    if (notes.length === limit) break
  }
  return notes
}
