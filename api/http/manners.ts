import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLoopback, placeOf } from '#api/auth/address.ts'
import { tooFast } from '#api/auth/too-fast.ts'

/** Requests a minute and address. Programs and pages on our own machine share one address; a flood from there is ours to end. */
const perMinute = { loopback: 1_200_000, network: 1_200 } as const

/** What our page needs and no more: nothing inline runs, nothing comes from elsewhere. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
}

/** The pages of @fastify/swagger-ui set styles in their markup. */
export const docsSecurityPolicy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

/** Worth the work, and whole before it is sent: server-sent events must leave one by one. */
const worthCompressing = /^(application\/(\w+\+)?(json|xml|javascript)|text\/(?!event-stream)|image\/svg)/

/** What goes for every answer: how many there may be, what browsers may do with them, how they travel. */
export const useManners = async (app: FastifyInstance): Promise<void> => {
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    keyGenerator: ({ ip }) => placeOf(ip),
    max: ({ ip }: FastifyRequest) => (isLoopback(ip) ? perMinute.loopback : perMinute.network),
    errorResponseBuilder: (_, { max, ttl }) =>
      tooFast('rate_limited', `An address may ask ${max} times a minute.`, ttl / 1000),
  })
  // Before anything is looked up: a flood costs no more than its counting.
  app.addHook('onRequest', app.rateLimit())
  await app.register(helmet, {
    contentSecurityPolicy,
    // Plain http on loopback is how it starts; TLS and its promises are a proxy's.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  })
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: 1024,
    customTypes: worthCompressing,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  })
}
