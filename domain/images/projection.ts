const radians = Math.PI / 180

/** A tangential (gnomonic) projection: north up, east to the left, pixels counted from 1. */
export type Wcs = {
  readonly raDeg: number
  readonly decDeg: number
  readonly scaleDeg: number
  /** The pixel at the tangential point. */
  readonly centreX: number
  readonly centreY: number
}

/** Where a position of the sky falls; null for what lies behind the observer. */
export const pixelOf = (
  { raDeg, decDeg, scaleDeg, centreX, centreY }: Wcs,
  position: { readonly raDeg: number; readonly decDeg: number },
): { x: number; y: number } | null => {
  const [dec0, dec] = [decDeg * radians, position.decDeg * radians]
  const turn = (position.raDeg - raDeg) * radians
  const cos = Math.sin(dec0) * Math.sin(dec) + Math.cos(dec0) * Math.cos(dec) * Math.cos(turn)
  if (cos <= 0) return null
  const east = (Math.cos(dec) * Math.sin(turn)) / cos
  const north = (Math.cos(dec0) * Math.sin(dec) - Math.sin(dec0) * Math.cos(dec) * Math.cos(turn)) / cos
  return { x: centreX - east / radians / scaleDeg, y: centreY + north / radians / scaleDeg }
}

/** The header's words for it. */
export const wcsCards = ({ raDeg, decDeg, scaleDeg, centreX, centreY }: Wcs) => [
  { keyword: 'RADESYS', value: 'ICRS' },
  { keyword: 'EQUINOX', value: 2000 },
  { keyword: 'CTYPE1', value: 'RA---TAN' },
  { keyword: 'CTYPE2', value: 'DEC--TAN' },
  { keyword: 'CUNIT1', value: 'deg' },
  { keyword: 'CUNIT2', value: 'deg' },
  { keyword: 'CRVAL1', value: raDeg },
  { keyword: 'CRVAL2', value: decDeg },
  { keyword: 'CRPIX1', value: centreX },
  { keyword: 'CRPIX2', value: centreY },
  { keyword: 'CD1_1', value: -scaleDeg },
  { keyword: 'CD1_2', value: 0 },
  { keyword: 'CD2_1', value: 0 },
  { keyword: 'CD2_2', value: scaleDeg },
]
