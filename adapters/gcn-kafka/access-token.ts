import { z } from 'zod'
import type { Clock } from '#domain/shared/clock.ts'

export type TokenOptions = {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly clock: Clock
}

const grantSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const patienceMs = 10_000
/** A token with less than this share of its life left is not used any more. */
const freshShare = 0.25

/** Gives a token that is good for a while yet; asks for a new one (RFC 6749, section 4.4) before the old one ends. */
export const accessTokens = ({
  url,
  clientId,
  clientSecret,
  clock,
}: TokenOptions): (() => Promise<string>) => {
  let held = { token: '', until: 0 }
  const ask = async (): Promise<string> => {
    const askedAt = clock.now()
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
      }),
      signal: AbortSignal.timeout(patienceMs),
    })
    // The body may name the client; the status says enough.
    if (!answer.ok) throw new Error(`no token: ${new URL(url).host} answers ${answer.status}`)
    const { access_token: token, expires_in: lifeS } = grantSchema.parse(await answer.json())
    held = { token, until: askedAt + lifeS * 1_000 * (1 - freshShare) }
    return token
  }
  return async () => (clock.now() < held.until ? held.token : ask())
}
