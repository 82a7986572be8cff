import type { Instant } from '#domain/shared/time.ts'
import type { AuthoredContent } from './content.ts'
import type { Standing } from './validation/standing.ts'
import type { Observatory } from './validation/validate.ts'

type About = { readonly requestId: string; readonly at: Instant }

/** What a submission is judged by. */
type Judged = { readonly observatory: Observatory; readonly standing: Standing }

type Written = { readonly content: AuthoredContent; readonly raw: string | null }

export type DraftRequest = About &
  Judged &
  Written & { readonly type: 'DraftRequest'; readonly submit: boolean }
export type ReviseRequest = About & Judged & Written & { readonly type: 'ReviseRequest' }
export type SubmitRequest = About & Judged & { readonly type: 'SubmitRequest' }
export type WithdrawRequest = About & { readonly type: 'WithdrawRequest'; readonly why: string }

export type RequestCommand = DraftRequest | ReviseRequest | SubmitRequest | WithdrawRequest
