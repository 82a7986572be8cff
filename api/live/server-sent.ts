/** One server-sent event. */
export const serverSent = (event: string, data: unknown, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** Keeps the line open and finds out whether anybody is there. */
export const stillHere = ': still here\n\n'

export type ServerSent = { readonly event: string; readonly data: string }

const parsed = (block: string): ServerSent | null => {
  const fields = block.split('\n').map((line) => {
    const colon = line.indexOf(': ')
    return [line.slice(0, colon), line.slice(colon + 2)] as const
  })
  const of = (name: string) => fields.filter(([field]) => field === name).map(([, value]) => value)
  const [event] = of('event')
  return event === undefined ? null : { event, data: of('data').join('\n') }
}

/** The events of a stream, as they come; comments are passed over. */
export async function* readServerSent(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSent> {
  const decoder = new TextDecoder()
  let begun = ''
  for await (const chunk of body) {
    const blocks = (begun + decoder.decode(chunk, { stream: true })).split('\n\n')
    begun = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = parsed(block)
      if (event) yield event
    }
  }
}
