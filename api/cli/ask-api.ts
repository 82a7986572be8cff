import { readConfig } from '#api/config.ts'
import { problemSchema } from '#api/http/problem.ts'
import { bearerFor } from './bearer.ts'
import { CommandFailed } from './command-failed.ts'
import type { exitCodes } from './exit-codes.ts'

/** The API's codes as ours; any other fault is 1. */
const ends: Readonly<Record<string, keyof typeof exitCodes>> = {
  invalid_request: 'badInput',
  user_exists: 'refused',
  user_unknown: 'refused',
  user_erased: 'refused',
  email_taken: 'refused',
  programme_exists: 'refused',
  programme_unknown: 'refused',
  programme_closed: 'refused',
  member_unknown: 'refused',
  account_unknown: 'refused',
  invalid_range: 'badInput',
  invalid_time: 'badInput',
  night_not_current: 'refused',
  night_unknown: 'nightUnknown',
  schedule_unknown: 'nightUnknown',
  event_unknown: 'eventUnknown',
  event_gone: 'eventUnknown',
  event_undecodable: 'undecodable',
  log_unavailable: 'logAway',
  projection_unknown: 'readModelUnknown',
  invalid_json: 'badInput',
  not_utf8: 'badInput',
  body_too_large: 'badInput',
  xml_doctype_refused: 'badInput',
  xml_not_well_formed: 'badInput',
  xml_not_utf8: 'badInput',
  xml_too_deep: 'badInput',
  request_refused: 'refused',
  request_withdrawn: 'refused',
  request_unknown: 'refused',
  alert_unknown: 'refused',
  token_unknown: 'refused',
  scope_too_wide: 'refused',
  sign_in_needed: 'notAllowed',
  token_refused: 'notAllowed',
  not_allowed: 'notAllowed',
  not_yours: 'notAllowed',
}

/** Where the API is: as told, or by HOST and PORT of the environment. */
export const apiAddress = (url: string | undefined): string => {
  if (url !== undefined) return url
  const { HOST, PORT } = readConfig(process.env)
  return `http://${HOST}:${PORT}`
}

const failureOf = async (answer: Response): Promise<CommandFailed> => {
  const text = await answer.text()
  const isProblem = answer.headers.get('content-type')?.includes('problem+json')
  if (!isProblem) return new CommandFailed(`${answer.status} ${text}`)
  const { code, detail } = problemSchema.parse(JSON.parse(text))
  return new CommandFailed(detail, ends[code])
}

/** Says that it is another's doing, which those who may do everything can. */
export const onBehalfOf = (user: string | undefined): Record<string, string> =>
  user === undefined ? {} : { 'x-noctuary-on-behalf-of': user }

/** The same with a command: JSON there and back. */
export const tellApi = async (
  base: string,
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<unknown> => {
  const init = body
    ? { method, body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } }
    : { method, headers }
  return (await askApi(base, path, init)).json()
}

/** Asks the API; throws {@link CommandFailed} when nothing answers or the answer is a problem. */
export const askApi = async (base: string, path: string, init: RequestInit = {}): Promise<Response> => {
  const bearer = await bearerFor(base)
  const headers = new Headers(init.headers)
  if (bearer !== null) headers.set('authorization', `Bearer ${bearer}`)
  const answer = await fetch(new URL(path, base), { ...init, headers }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new CommandFailed(`nothing answers at ${base}; is it running? (npm start)`)
  })
  if (!answer.ok) throw await failureOf(answer)
  return answer
}
