import { HttpProblem } from '#api/http/problem.ts'

/** 429, and when to come again. */
export const tooFast = (
  code: 'sign_in_slowed' | 'sign_in_busy' | 'rate_limited',
  detail: string,
  retryAfterS: number,
): HttpProblem =>
  new HttpProblem(429, code, 'Too fast', detail, undefined, Math.max(1, Math.ceil(retryAfterS)))
