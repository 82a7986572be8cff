import { placeText } from '../sentences.ts'
import { galacticLatitudeDeg } from '../sky.ts'
import { type Gate, short, verdict } from './gate.ts'

export const positionGate: Gate = (_, { effective: { place, hasSkymap } }) =>
  verdict('position', place !== null, {
    figure: place ? placeText(place) : null,
    limit: null,
    unit: '',
    text: place ? placeText(place) : `no place yet${hasSkymap ? ', only a sky map' : ''}`,
    mayPassLater: true,
  })

export const radiusGate: Gate = ({ gates: { maxErrorRadiusDeg } }, { effective: { place } }) => {
  if (!place) return null
  const r90Deg = place.error?.r90Deg ?? null
  return verdict('error-radius', r90Deg !== null && r90Deg <= maxErrorRadiusDeg, {
    figure: r90Deg === null ? null : short(r90Deg),
    limit: maxErrorRadiusDeg,
    unit: 'deg',
    text:
      r90Deg === null
        ? 'nobody says how large the error is'
        : `90 % within ${short(r90Deg)}°, at most ${maxErrorRadiusDeg}°`,
    mayPassLater: true,
  })
}

export const galacticGate: Gate = ({ gates: { minGalacticLatitudeDeg } }, { effective: { place } }) => {
  if (minGalacticLatitudeDeg === undefined || !place) return null
  const latitudeDeg = Math.abs(galacticLatitudeDeg(place))
  return verdict('galactic-latitude', latitudeDeg >= minGalacticLatitudeDeg, {
    figure: short(latitudeDeg),
    limit: minGalacticLatitudeDeg,
    unit: 'deg',
    text: `${short(latitudeDeg)}° from the galactic plane, at least ${minGalacticLatitudeDeg}°`,
  })
}

export const visibilityGate: Gate = ({ gates: { minVisibleS }, request: { validS } }, { visibleS }) => {
  if (visibleS === null) return null
  return verdict('visibility', visibleS >= minVisibleS && visibleS > 0, {
    figure: Math.round(visibleS),
    limit: minVisibleS,
    unit: 's',
    text: `${Math.round(visibleS)} s in the dark, high enough and away from the Moon within ${validS} s, at least ${minVisibleS} s`,
  })
}
