import type { RadiusMeaning } from '../error-radius.ts'
import { numberIn } from '../sent-values.ts'
import { type Mission, typesOf } from './mission.ts'
import { paramOf } from './voevent.ts'

// R90; whether it holds systematic errors is not said.
const r90: RadiusMeaning = { containment: 0.9, systematicIncluded: false, systematicDeg: 0 }
const seen = { kind: 'detection', radius: r90, instrument: null } as const

export const svom: Mission = {
  name: 'svom',
  authorities: ['org.svom/fsc'],
  types: typesOf(
    [
      seen,
      [
        [201, 'SVOM_GRM_TRIGGER', 5],
        [202, 'SVOM_ECLAIRS_WAKEUP', 20],
        [204, 'SVOM_SLEWING', 22],
        [205, 'SVOM_NOT_SLEWING', 22],
        [209, 'SVOM_MXT_INITIAL', 40],
        [210, 'SVOM_MXT_UPDATE', 45],
        [211, 'SVOM_VT_CANDIDATE', 50],
      ],
    ],
    [{ ...seen, kind: 'not-a-target' }, [[203, 'SVOM_ECLAIRS_CATALOG', 0]]],
    [{ ...seen, kind: 'retraction' }, [[219, 'SVOM_RETRACTION', 0]]],
  ),
  triggerIdOf: (event) => paramOf(event, 'Burst_Id'),
  sequenceOf: (event) => numberIn(paramOf(event, 'Pkt_Ser_Num')),
  instrumentOf: (event) => paramOf(event, 'Instrument'),
  signalToNoiseOf: (event) => numberIn(paramOf(event, 'SNR')),
}
