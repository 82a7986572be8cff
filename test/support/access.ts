import { keyOf } from '#api/auth/secrets.ts'

const secret = 'of-programs-on-this-machine'

/** The API as programs on its own machine may use it, and open to look at; nobody signs in. */
export const localAccess = { demo: true, localKey: keyOf(secret) }

/** What `noctuary` bears in its environment to be let in there. */
export const localEnv = { NOCTUARY_TOKEN: secret }

/** Headers of a program on the API's own machine that acts for somebody. */
export const actingFor = (user: string): Record<string, string> => ({
  authorization: `Bearer ${secret}`,
  'x-noctuary-on-behalf-of': user,
})

export const locally: Record<string, string> = { authorization: `Bearer ${secret}` }
