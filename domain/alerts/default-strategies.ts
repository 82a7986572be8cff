import { type Strategy, type StrategyGiven, strategySchema } from './strategy.ts'

/** DDRAGO sees 26′, CAGIRE 21.7′: a field that both have. */
const fieldDeg = 0.36

const photometry = (images: number, exposureS: number) => [
  {
    name: 'visible',
    detector: 'visible' as const,
    plans: [
      { name: 'r', filter: 'r', exposureS, images },
      { name: 'i', filter: 'i', exposureS, images },
    ],
  },
  {
    name: 'infrared',
    detector: 'infrared' as const,
    plans: [{ name: 'J', filter: 'J', exposureS, images: images * 2 }],
  },
]

const burstHints = ['Def_NOT_a_GRB', 'StarTrack_Lost_Lock', 'Target_in_Flt_Catalog', 'Target_in_Gnd_Catalog']

const given: readonly StrategyGiven[] = [
  {
    name: 'grb-prompt',
    description: 'Bursts placed well enough for one field: there at once, in three colours',
    order: 10,
    match: { missions: ['swift', 'svom', 'ep', 'drill'], radiusBelowDeg: 0.25 },
    gates: {
      maxErrorRadiusDeg: 0.25,
      maxAgeS: 6 * 3600,
      refusedHints: burstHints,
      maxPerNight: 10,
      maxPerNightOfMission: 6,
    },
    request: {
      pattern: { kind: 'centred' },
      albums: photometry(10, 30),
      priority: 1,
      level: 1,
      validS: 4 * 3600,
      constraints: { minAltitudeDeg: 15, minMoonSeparationDeg: 10 },
    },
  },
  {
    name: 'neutrino',
    description: 'High-energy neutrinos: tiles over the error circle, once',
    order: 30,
    match: { missions: ['icecube'] },
    gates: { maxErrorRadiusDeg: 1.5, maxAgeS: 24 * 3600, minGalacticLatitudeDeg: 5, maxPerNight: 3 },
    request: {
      pattern: { kind: 'tiles', fieldDeg, maxTiles: 20 },
      albums: photometry(3, 60),
      priority: 5,
      level: 3,
      validS: 24 * 3600,
    },
  },
  {
    name: 'grb-wide',
    description: 'Bursts of Fermi that are placed well for Fermi: tiles over the middle of the error circle',
    order: 40,
    match: { missions: ['fermi-gbm', 'fermi-lat'] },
    gates: {
      maxErrorRadiusDeg: 3,
      maxAgeS: 2 * 3600,
      minGalacticLatitudeDeg: 10,
      refusedHints: [...burstHints, 'Most_Likely_Index'],
      maxPerNight: 3,
      maxPerNightOfMission: 2,
    },
    request: {
      pattern: { kind: 'tiles', fieldDeg, maxTiles: 25 },
      albums: photometry(2, 30),
      priority: 8,
      level: 4,
      validS: 2 * 3600,
    },
  },
  {
    name: 'gravitational-wave',
    description:
      'Mergers: the densest fields of the sky map, where 90 % of it is no larger than a circle of 5°',
    order: 20,
    match: { missions: ['lvk'] },
    gates: {
      maxErrorRadiusDeg: 5,
      maxAgeS: 48 * 3600,
      maxFalseAlarmRateHz: 3.2e-8,
      significantOnly: true,
      maxPerNight: 2,
    },
    request: {
      pattern: { kind: 'tiles', fieldDeg, maxTiles: 40 },
      albums: photometry(2, 60),
      priority: 2,
      level: 2,
      validS: 24 * 3600,
    },
  },
]

/** What is done about alerts until somebody adopts something else. */
export const defaultStrategies: readonly Strategy[] = given.map((one) => strategySchema.parse(one))
