import type { RequestCommand } from '#domain/requests/commands.ts'
import { type AuthoredContent, contentOf } from '#domain/requests/content.ts'
import { colibri } from '#domain/requests/instrument.ts'
import { type RequestFormGiven, requestFormSchema } from '#domain/requests/request-form.ts'
import type { Observatory } from '#domain/requests/validation/validate.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

export const requestId = 'r0123456789'
/** Early in a night at the site, in the season of the Crab. */
export const submissionAt = '2026-11-21T04:00:00.000Z'
export const observatory: Observatory = { site: sanPedroMartir, instrument: colibri }
export const known = { user: { level: 0, country: 'mx' }, programme: { open: true } }

export const crab = { name: 'M1', ra: '05:34:31.9', dec: '+22:00:52' }

type SequenceGiven = RequestFormGiven['sequences'][number]

/** One good sequence, changed as told. */
export const sequenceGiven = (changed: Partial<SequenceGiven> = {}): SequenceGiven => ({
  name: 'crab in r',
  target: crab,
  albums: [{ detector: 'visible', plans: [{ filter: 'r', exposureS: 60, images: 10 }] }],
  ...changed,
})

/** A good request, changed as told. */
export const formGiven = (changed: Partial<RequestFormGiven> = {}): RequestFormGiven => ({
  name: 'pulsar wind nebula',
  programme: 'snr',
  sequences: [sequenceGiven()],
  ...changed,
})

export const authored = (changed: Partial<RequestFormGiven> = {}): AuthoredContent =>
  contentOf(requestFormSchema.parse(formGiven(changed)), {
    userId: 'ana',
    country: 'mx',
    programmeId: 'snr',
    source: 'json',
  })

const judged = { requestId, at: submissionAt, observatory, standing: known }

export const drafting = (
  changed: Partial<RequestFormGiven> = {},
  { submit = false, ...more }: Partial<Extract<RequestCommand, { type: 'DraftRequest' }>> = {},
): RequestCommand => ({
  type: 'DraftRequest',
  ...judged,
  content: authored(changed),
  raw: null,
  submit,
  ...more,
})

export const revising = (changed: Partial<RequestFormGiven>): RequestCommand => ({
  type: 'ReviseRequest',
  ...judged,
  content: authored(changed),
  raw: null,
})

export const submitting: RequestCommand = { type: 'SubmitRequest', ...judged }

export const withdrawing: RequestCommand = {
  type: 'WithdrawRequest',
  requestId,
  at: submissionAt,
  why: 'observed elsewhere',
}
