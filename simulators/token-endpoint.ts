import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

export type TokenEndpointOptions = {
  readonly clientId: string
  readonly clientSecret: string
  readonly expiresInS: number
}

const listening = async (server: ReturnType<typeof createServer>): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

/** An OAuth 2.0 token endpoint for client credentials (RFC 6749, section 4.4). Every token it gives is another one. */
export const tokenEndpoint = async ({ clientId, clientSecret, expiresInS }: TokenEndpointOptions) => {
  const given: string[] = []
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request))
    const fits =
      form.get('grant_type') === 'client_credentials' &&
      form.get('client_id') === clientId &&
      form.get('client_secret') === clientSecret
    if (fits) given.push(`token-${given.length + 1}`)
    const body = fits
      ? { access_token: given.at(-1), token_type: 'Bearer', expires_in: expiresInS }
      : { error: 'invalid_client', error_description: 'no such client' }
    response.writeHead(fits ? 200 : 401, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  const port = await listening(server)
  return {
    url: `http://127.0.0.1:${port}/oauth2/token`,
    given,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
