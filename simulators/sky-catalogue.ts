import type { StarCatalogue } from '#domain/images/star-catalogue.ts'
import { starsAround } from './star-field.ts'

/** All stars of the simulated sky, without what flares up in it. */
export const simulatedSky: StarCatalogue = { name: 'simulated sky', starsAround }
