export type CatalogueStar = { readonly raDeg: number; readonly decDeg: number; readonly magnitude: number }

/** What is known of the sky. Positions in ICRS. */
export type StarCatalogue = {
  readonly name: string
  /** Every star within a square around a position. */
  starsAround(raDeg: number, decDeg: number, halfWidthDeg: number): readonly CatalogueStar[]
}
