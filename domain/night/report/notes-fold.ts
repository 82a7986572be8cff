import { z } from 'zod'
import type { OperationEvent } from '#domain/operation/events.ts'
import type { Recorded } from '#domain/shared/event.ts'

export const noteSchema = z.object({
  at: z.iso.datetime(),
  by: z.string().describe('kind and id, e.g. user ana'),
  text: z.string(),
  eventId: z.uuid(),
})

export const notesSchema = z.object({
  notes: z.array(noteSchema),
  omitted: z.number().int().describe('too many to list: the first are listed'),
})

export type Note = z.output<typeof noteSchema>

const most = 500

/** A note as it is shown; null for anything else that was done at the controls. */
export const noteOf = ({ id, type, data, metadata }: Recorded<OperationEvent>): Note | null => {
  if (type !== 'NightNoteWritten') return null
  const { actor, occurredAt: at } = metadata
  return { at, by: `${actor.kind} ${actor.id}`, text: data.text, eventId: id }
}

/** What people wrote into the log of a night, in order. */
export class NotesFold {
  readonly #notes: Note[] = []
  #omitted = 0

  add(event: Recorded<OperationEvent>): void {
    const note = noteOf(event)
    if (!note) return
    if (this.#notes.length < most) this.#notes.push(note)
    else this.#omitted += 1
  }

  get account(): z.output<typeof notesSchema> {
    return { notes: this.#notes, omitted: this.#omitted }
  }
}
