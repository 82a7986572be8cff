import type { EventStore, Revision } from '#commands/event-store.ts'
import { commandHandler, type Envelope } from '#commands/handle.ts'
import type { RequestCommand } from '#domain/requests/commands.ts'
import { type AuthoredContent, contentOf } from '#domain/requests/content.ts'
import { request } from '#domain/requests/decider.ts'
import type { RequestContent } from '#domain/requests/events.ts'
import type { Fault } from '#domain/requests/fault.ts'
import { RequestUnknown } from '#domain/requests/refusals.ts'
import type { RequestForm } from '#domain/requests/request-form.ts'
import { requestIdOf } from '#domain/requests/request-id.ts'
import { isRequestEvent } from '#domain/requests/sentences.ts'
import type { RequestState } from '#domain/requests/state.ts'
import { requestStream } from '#domain/requests/streams.ts'
import type { Standing } from '#domain/requests/validation/standing.ts'
import type { Observatory } from '#domain/requests/validation/validate.ts'
import type { Position } from '#domain/shared/event.ts'
import { loadRequest } from './load-request.ts'
import { readStanding } from './read-standing.ts'

/** A request as it came in. */
export type Writing = {
  readonly form: RequestForm
  readonly source: RequestContent['source']
  /** The author's own text. */
  readonly raw: string | null
  readonly warnings: readonly Fault[]
  /** Its windows were written as seconds from its submission, and are given as if that were now. */
  readonly relative: boolean
}

/** A request after a command, as the log has it. */
export type RequestNow = {
  readonly requestId: string
  readonly state: RequestState
  readonly revision: Revision
  /** Where the command's last event stands; null when it changed nothing. */
  readonly position: Position | null
}

export type RequestDesk = ReturnType<typeof requestDesk>

/**
 * Where requests are handed in. Rejects with the errors of `domain/requests/refusals.ts`, with `RevisionOutdated` and with
 * `StoreUnavailable`; a submission that cannot be is no error: it is on record, and the state has its faults.
 */
export const requestDesk = ({ store, observatory }: { store: EventStore; observatory: Observatory }) => {
  const handle = commandHandler({
    store,
    decider: request,
    streamOf: ({ requestId }: RequestCommand) => requestStream(requestId),
    site: observatory.site.id,
    isOwn: isRequestEvent,
  })

  const done = async (command: RequestCommand, envelope: Envelope): Promise<RequestNow> => {
    const { position } = await handle(command, envelope)
    return { requestId: command.requestId, ...(await loadRequest(store, command.requestId)), position }
  }

  const written = async (
    { form, source, raw, warnings, relative }: Writing,
    { actor, at }: Envelope,
    author?: string | null,
  ): Promise<{ content: AuthoredContent; raw: string | null; standing: Standing }> => {
    const by = { userId: form.user ?? author ?? actor.id, programmeId: form.programme ?? '' }
    const standing = await readStanding(store, by)
    const country = standing.user?.country ?? form.country ?? null
    const content = contentOf(form, {
      ...by,
      country,
      source,
      warnings: [...warnings],
      relativeTo: relative ? at : undefined,
    })
    return { content, raw, standing }
  }

  /** Who asks for it; null where there is no such request. */
  const authorOf = async (requestId: string): Promise<string | null> =>
    (await loadRequest(store, requestId)).state.content?.userId ?? null

  return {
    authorOf,

    /** A new request; its id follows from the command's. */
    draft: async (writing: Writing, submit: boolean, envelope: Envelope): Promise<RequestNow> => {
      const requestId = requestIdOf(envelope.commandId)
      const content = await written(writing, envelope)
      const about = { requestId, at: envelope.at, observatory }
      return done({ type: 'DraftRequest', ...about, ...content, submit }, envelope)
    },

    revise: async (requestId: string, writing: Writing, envelope: Envelope): Promise<RequestNow> => {
      // Whoever revises it, it stays its author's.
      const content = await written(writing, envelope, await authorOf(requestId))
      return done({ type: 'ReviseRequest', requestId, at: envelope.at, observatory, ...content }, envelope)
    },

    submit: async (requestId: string, envelope: Envelope): Promise<RequestNow> => {
      const { state } = await loadRequest(store, requestId)
      if (!state.content) throw new RequestUnknown(requestId)
      const standing = await readStanding(store, state.content)
      return done({ type: 'SubmitRequest', requestId, at: envelope.at, observatory, standing }, envelope)
    },

    withdraw: (requestId: string, why: string, envelope: Envelope): Promise<RequestNow> =>
      done({ type: 'WithdrawRequest', requestId, at: envelope.at, why }, envelope),
  }
}
