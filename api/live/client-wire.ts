import type { LiveClientOptions } from './client-types.ts'

/** Where to listen, from a position on. */
export const addressOf = (options: LiveClientOptions, since: string | null): string => {
  const query = new URLSearchParams()
  for (const { sender, event } of options.subscriptions ?? [])
    query.append('subscribe', `${sender ?? ''}:${event ?? ''}`)
  for (const model of options.models ?? []) query.append('model', model)
  if (options.pattern !== undefined) query.set('pattern', options.pattern)
  if (since !== null) query.set('since', since)
  const text = query.toString()
  return `${options.url}/api/live${text === '' ? '' : `?${text}`}`
}

/** Whether a position of the log, commit/prepare, lies behind another. */
export const isAfter = (position: string, other: string): boolean => {
  const [commit = 0n, prepare = 0n] = position.split('/').map(BigInt)
  const [otherCommit = 0n, otherPrepare = 0n] = other.split('/').map(BigInt)
  return commit === otherCommit ? prepare > otherPrepare : commit > otherCommit
}

/** One server-sent event. */
export type Block = { readonly event: string; readonly data: string; readonly id: string | null }

export const blockFrom = (text: string): Block => {
  const fields: Record<string, string> = {}
  for (const line of text.split('\n')) {
    const colon = line.indexOf(': ')
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2)
  }
  return { event: fields['event'] ?? '', data: fields['data'] ?? '', id: fields['id'] ?? null }
}

/** Why the server refused. */
export const problemIn = async (answer: Response): Promise<{ code: string; detail: string }> => {
  const text = await answer.text()
  try {
    const { code, detail } = JSON.parse(text)
    return { code: `${code}`, detail: `${detail}` }
  } catch {
    return { code: `${answer.status}`, detail: text }
  }
}
