import { type RadiusMeaning, statistical90 } from '../error-radius.ts'
import { flagIn, numberIn } from '../sent-values.ts'
import { type Mission, typesOf } from './mission.ts'
import { paramOf, type VoEvent } from './voevent.ts'

// GBM's radius is one sigma and statistical only. What is added was found by comparing with better places: 5.6° for
// those made on ground (gtecs-alert's figure), more for those made in flight.
const gbm = (systematicDeg: number): RadiusMeaning => ({
  containment: 0.68,
  systematicIncluded: false,
  systematicDeg,
})
const inFlight = { kind: 'detection', radius: gbm(7.5), instrument: 'GBM' } as const
const onGround = { kind: 'detection', radius: gbm(5.6), instrument: 'GBM' } as const
const lat = { kind: 'detection', radius: statistical90, instrument: 'LAT' } as const
const facility = { kind: 'not-a-target', radius: statistical90, instrument: null } as const

/** Index of GBM's flight software for a gamma-ray burst. */
const burst = 4

const notABurst = (event: VoEvent): string[] =>
  flagIn(paramOf(event, 'Def_NOT_a_GRB')) === true ? ['Def_NOT_a_GRB'] : []

const common = {
  triggerIdOf: (event: VoEvent) => paramOf(event, 'TrigID'),
  sequenceOf: (event: VoEvent) => numberIn(paramOf(event, 'Pkt_Ser_Num')),
}

export const fermiGbm: Mission = {
  ...common,
  name: 'fermi-gbm',
  authorities: ['nasa.gsfc.gcn/fermi', 'gcn.notices.fermi.gbm'],
  types: typesOf(
    [
      inFlight,
      [
        [131, 'FERMI_GBM_SUBTHRESH', 2],
        [110, 'FERMI_GBM_ALERT', 5],
        [111, 'FERMI_GBM_FLT_POS', 10],
      ],
    ],
    [
      onGround,
      [
        [112, 'FERMI_GBM_GND_POS', 20],
        [115, 'FERMI_GBM_FIN_POS', 30],
      ],
    ],
    [
      facility,
      [
        [119, 'FERMI_GBM_POS_TEST', 0],
        [51, 'FERMI_POINTDIR', 0],
        [129, 'FERMI_POINTDIR', 0],
      ],
    ],
  ),
  signalToNoiseOf: (event) =>
    ['Data_Signif', 'Burst_Signif', 'Trig_Signif']
      .map((name) => numberIn(paramOf(event, name)))
      .find((figure) => figure !== null && figure > 0) ?? null,
  falseAlarmHintsOf: (event) => {
    const index = numberIn(paramOf(event, 'Most_Likely_Index'))
    return [...notABurst(event), ...(index === null || index === burst ? [] : [`Most_Likely_Index=${index}`])]
  },
}

export const fermiLat: Mission = {
  ...common,
  name: 'fermi-lat',
  authorities: ['nasa.gsfc.gcn/fermi', 'gcn.notices.fermi.lat'],
  types: typesOf(
    [
      lat,
      [
        [120, 'FERMI_LAT_POS_INI', 10],
        [121, 'FERMI_LAT_POS_UPD', 20],
        [127, 'FERMI_LAT_GND', 30],
        [128, 'FERMI_LAT_OFFLINE', 40],
      ],
    ],
    [{ ...lat, kind: 'accompanying' }, [[122, 'FERMI_LAT_POS_DIAG', 0]]],
    [
      { ...facility, instrument: 'LAT' },
      [
        [123, 'FERMI_LAT_TRANS', 0],
        [124, 'FERMI_LAT_POS_TEST', 0],
        [125, 'FERMI_LAT_MONITOR', 0],
      ],
    ],
  ),
  falseAlarmHintsOf: notABurst,
}
