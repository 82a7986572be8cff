import type { RadiusMeaning } from '../error-radius.ts'
import { whole90 } from '../error-radius.ts'
import { flagIn, numberIn } from '../sent-values.ts'
import { type Mission, typesOf } from './mission.ts'
import { paramOf, type VoEvent } from './voevent.ts'

// Statistical only; 0.2° is what gtecs-alert adds.
const track: RadiusMeaning = { containment: 0.9, systematicIncluded: false, systematicDeg: 0.2 }
const neutrino = { kind: 'detection', radius: track, instrument: 'IceCube' } as const

const secondsPerYear = 365.25 * 86_400

const withoutZeros = (text: string): string => text.trim().replace(/^0+(?=\d)/, '')

/** Run and event; AMON_ID is both in one, without a border between them. */
const runAndEvent = (event: VoEvent): string | null => {
  const [run, number] = [paramOf(event, 'run_id'), paramOf(event, 'event_id')]
  if (run && number) return `${withoutZeros(run)}_${withoutZeros(number)}`
  return paramOf(event, 'AMON_ID') ?? paramOf(event, 'TrigID')
}

/** FAR is per year here, and says so in its unit. */
const falseAlarmRateHz = (event: VoEvent): number | null => {
  const far = event.params.find(({ name }) => name === 'FAR')
  const figure = numberIn(far?.value)
  if (figure === null) return null
  return /yr|year/i.test(far?.unit ?? 'yr') ? figure / secondsPerYear : figure
}

export const icecube: Mission = {
  name: 'icecube',
  authorities: [
    'nasa.gsfc.gcn/amon',
    'nasa.gsfc.gcn/icecube',
    'gcn.notices.icecube.gold_bronze_track_alerts',
  ],
  types: typesOf(
    [
      neutrino,
      [
        [158, 'ICECUBE_HESE', 10],
        [169, 'ICECUBE_EHE', 10],
        [173, 'ICECUBE_ASTROTRACK_GOLD', 20],
        [174, 'ICECUBE_ASTROTRACK_BRONZE', 20],
      ],
    ],
    [{ ...neutrino, radius: whole90 }, [[176, 'ICECUBE_CASCADE', 10]]],
    [
      neutrino,
      [
        [157, 'AMON_ICECUBE_COINC', 5],
        [171, 'HAWC_BURST_MONITOR', 5],
        [172, 'AMON_NU_EM_COINC', 5],
      ],
    ],
  ),
  sequenceRevises: true,
  triggerIdOf: runAndEvent,
  sequenceOf: (event) => numberIn(paramOf(event, 'Rev')),
  falseAlarmRateHzOf: falseAlarmRateHz,
  skymapUrlOf: (event) => paramOf(event, 'skymap_fits'),
  isRetraction: (event) => flagIn(paramOf(event, 'Retraction')) === true,
}
