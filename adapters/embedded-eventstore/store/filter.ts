import type { RecordView } from '../log/record-view.ts'
import { invalidArgument } from '../protocol/grpc-error.ts'

/** A server-side filter on `$all`, as the client asked for it. */
export type Filter = {
  on: 'stream' | 'type'
  regex: string
  prefixes: readonly string[]
  /** Events between two checkpoints, counted whether they match or not. */
  checkpointEvery: number
}

export type Matcher = (view: RecordView) => boolean

/** A regular expression wins over prefixes, and is not anchored. */
export const matcherOf = (filter: Filter): Matcher => {
  const matches = textMatcher(filter)
  return filter.on === 'stream' ? (view) => matches(view.streamName) : (view) => matches(view.type)
}

const textMatcher = ({ regex, prefixes }: Filter): ((text: string) => boolean) => {
  if (regex === '') return (text) => prefixes.some((prefix) => text.startsWith(prefix))
  const pattern = compiled(regex)
  return (text) => pattern.test(text)
}

const compiled = (regex: string): RegExp => {
  try {
    return new RegExp(regex, 'u')
  } catch {
    // The server's dialect knows escapes that the strict mode refuses.
  }
  try {
    return new RegExp(regex)
  } catch (error) {
    throw invalidArgument(`The filter's regular expression is not valid: ${String(error)}`)
  }
}
