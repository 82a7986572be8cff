import type { FastifyRequest } from 'fastify'

/** A simulator says this of itself; what it asks for is marked in the log. */
export const simulatedBy = ({ headers }: FastifyRequest): { simulated?: true } =>
  headers['x-noctuary-simulated'] === 'true' ? { simulated: true } : {}
