import type { FastifyRequest } from 'fastify'
import { HttpProblem } from '#api/http/problem.ts'

const refuse = (detail: string): never => {
  throw new HttpProblem(403, 'cross_site', 'From another site', detail)
}

const hostOf = (origin: string): string | null => {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}

/** Whatever the browser says of where the request comes from, it is from our own pages. Throws 403 `cross_site`. */
export const checkOrigin = ({ headers, host }: FastifyRequest): void => {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin !== undefined && hostOf(origin) !== host)
    refuse(`This comes from a page of ${origin}; only pages of http(s)://${host} may do that.`)
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    refuse(`This comes from another site's page (Sec-Fetch-Site: ${site}).`)
}

/** What a browser's cookie allows is only done for our own pages: they alone can send this header. */
export const checkOwnPage = (request: FastifyRequest): void => {
  checkOrigin(request)
  if (request.headers['x-noctuary-csrf'] !== '1')
    refuse('What is done with a session needs the header x-noctuary-csrf: 1.')
}
