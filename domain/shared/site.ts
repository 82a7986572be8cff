import { z } from 'zod'

/** Where the observatory stands. Longitude east and latitude north in degrees, elevation in metres above sea level. */
export const siteSchema = z.object({
  /** Part of stream names: lower-case ASCII without a dash. */
  id: z.string().regex(/^[a-z][a-z0-9]*$/, 'a site id is lower-case letters and digits, e.g. osm'),
  name: z.string(),
  latitudeDeg: z.number().min(-90).max(90),
  longitudeDeg: z.number().min(-180).max(180),
  elevationM: z.number(),
  timeZone: z.string(),
})

export type Site = z.output<typeof siteSchema>

/** Observatorio Astronómico Nacional, Sierra San Pedro Mártir, where COLIBRI stands. */
export const sanPedroMartir: Site = {
  id: 'osm',
  name: 'OSM-Mexico',
  latitudeDeg: 31.0441,
  longitudeDeg: -115.4636,
  elevationM: 2830,
  timeZone: 'America/Tijuana',
}
