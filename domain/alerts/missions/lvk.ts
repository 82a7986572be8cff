import { statistical90 } from '../error-radius.ts'
import { flagIn, numberIn } from '../sent-values.ts'
import { type Mission, typesOf } from './mission.ts'
import { paramOf } from './voevent.ts'

const wave = { kind: 'detection', radius: statistical90, instrument: 'LVK' } as const

/** Signs of a test in the name of a superevent: MS… is a mock, T… and TS… are tests. */
export const superEventTestSigns = (id: string): string[] =>
  /^(?:M|T)S?\d/.test(id) ? [`superevent ${id.slice(0, 2)}`] : []

export const lvk: Mission = {
  name: 'lvk',
  authorities: ['gwnet/lvc', 'nasa.gsfc.gcn/lvc', 'igwn.gwalert'],
  types: typesOf(
    [
      wave,
      [
        [163, 'LVC_EARLY_WARNING', 5],
        [150, 'LVC_PRELIMINARY', 10],
        [151, 'LVC_INITIAL', 20],
        [152, 'LVC_UPDATE', 30],
      ],
    ],
    [{ ...wave, kind: 'retraction' }, [[164, 'LVC_RETRACTION', 0]]],
    [{ ...wave, kind: 'accompanying' }, [[154, 'LVC_COUNTERPART', 0]]],
    [{ ...wave, kind: 'not-a-target' }, [[153, 'LVC_TEST', 0]]],
  ),
  sequenceRevises: true,
  triggerIdOf: (event) => paramOf(event, 'GraceID'),
  sequenceOf: (event) => numberIn(paramOf(event, 'Pkt_Ser_Num')),
  falseAlarmRateHzOf: (event) => numberIn(paramOf(event, 'FAR')),
  significantOf: (event) => flagIn(paramOf(event, 'Significant')),
  skymapUrlOf: (event) => paramOf(event, 'skymap_fits'),
  isRetraction: (event) => paramOf(event, 'AlertType')?.trim().toLowerCase() === 'retraction',
  testSignsOf: (event) => [
    ...superEventTestSigns(paramOf(event, 'GraceID') ?? ''),
    ...(paramOf(event, 'Search') === 'MDC' ? ['Search=MDC'] : []),
    ...(flagIn(paramOf(event, 'HardwareInj')) === true ? ['HardwareInj=1'] : []),
    ...(flagIn(paramOf(event, 'internal')) === true ? ['internal=1'] : []),
  ],
}
