import { readFileSync } from 'node:fs'

/** What the API answered; `problem` where it refused. */
export type Answer = { readonly status: number; readonly text: string }

/** The observatory's API as its users see it; `bearer` is of somebody who may act for them. Answers of any status are results; rejects when nothing answers. */
export const userApi = (base: string, bearer: string | null, signal: AbortSignal) => {
  const letIn: Record<string, string> = bearer === null ? {} : { authorization: `Bearer ${bearer}` }
  const as = (user: string) => ({ 'x-noctuary-on-behalf-of': user })
  const post = async (
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const answer = await fetch(new URL(path, base), {
      method: 'POST',
      headers: { 'x-noctuary-simulated': 'true', ...letIn, ...headers },
      body,
      signal,
    })
    return { status: answer.status, text: await answer.text() }
  }
  const json = (path: string, user: string, content: unknown) =>
    post(path, JSON.stringify(content), { 'content-type': 'application/json', ...as(user) })

  return {
    register: (user: string) =>
      json('/api/users', user, {
        id: user,
        displayName: 'Simulated user',
        email: `${user}@simulated.invalid`,
        level: 0,
      }),
    open: (programme: string, user: string) =>
      json('/api/programmes', user, { id: programme, title: `Simulated ${programme}`, leaderId: user }),
    submit: (file: string, user: string, key: string) =>
      post('/api/requests', new Uint8Array(readFileSync(file)), {
        'content-type': file.endsWith('.xml') ? 'application/xml' : 'application/json',
        ...as(user),
        'idempotency-key': key,
      }),
  }
}

export type UserApi = ReturnType<typeof userApi>
