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

/** Where in the sky a pixel is: {@link pixelOf} the other way round. */
export const skyOf = (
  { raDeg, decDeg, scaleDeg, centreX, centreY }: Wcs,
  { x, y }: { readonly x: number; readonly y: number },
): { raDeg: number; decDeg: number } => {
  const dec0 = decDeg * radians
  const east = (centreX - x) * scaleDeg * radians
  const north = (y - centreY) * scaleDeg * radians
  const ra = Math.atan2(east, Math.cos(dec0) - north * Math.sin(dec0))
  const dec = Math.atan2(
    Math.sin(dec0) + north * Math.cos(dec0),
    Math.hypot(east, Math.cos(dec0) - north * Math.sin(dec0)),
  )
  return { raDeg: (((raDeg + ra / radians) % 360) + 360) % 360, decDeg: dec / radians }
}

/** The projection that a header tells of; null for none, and for one that is turned, flipped or skewed. */
export const wcsIn = (values: ReadonlyMap<string, string>): Wcs | null => {
  const number = (keyword: string) => Number(values.get(keyword)?.trim() || Number.NaN)
  const [raDeg, decDeg, centreX, centreY, scaleDeg] = [
    number('CRVAL1'),
    number('CRVAL2'),
    number('CRPIX1'),
    number('CRPIX2'),
    number('CD2_2'),
  ]
  const isOurs =
    scaleDeg > 0 && number('CD1_1') === -scaleDeg && number('CD1_2') === 0 && number('CD2_1') === 0
  const isWhole = [raDeg, decDeg, centreX, centreY].every(Number.isFinite)
  return isOurs && isWhole ? { raDeg, decDeg, scaleDeg, centreX, centreY } : null
}
