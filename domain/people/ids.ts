import { z } from 'zod'

/** The id of a user or programme: part of stream names and for ever in the log, so nobody's name or address. */
export const personIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'an id is 1 to 63 lower-case letters, digits and dashes, e.g. u-3f9a or survey; not an e-mail address',
  )

/** ISO 3166-1 alpha-2. */
export const countrySchema = z
  .string()
  .regex(/^[A-Za-z]{2}$/, 'a country is two letters of ISO 3166, e.g. mx')
  .transform((code) => code.toLowerCase())
