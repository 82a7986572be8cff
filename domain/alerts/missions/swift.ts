import { statistical90, whole90 } from '../error-radius.ts'
import { flagIn, numberIn } from '../sent-values.ts'
import { type Mission, typesOf } from './mission.ts'
import { paramOf, type VoEvent } from './voevent.ts'

const bat = { kind: 'detection', radius: whole90, instrument: 'BAT' } as const
const xrt = { kind: 'detection', radius: statistical90, instrument: 'XRT' } as const
const beside = { kind: 'accompanying', radius: statistical90, instrument: null } as const
const facility = { kind: 'not-a-target', radius: statistical90, instrument: null } as const

const statusHints = [
  'Def_NOT_a_GRB',
  'StarTrack_Lost_Lock',
  'VERY_Lo_Image_Signif',
  'Target_in_Flt_Catalog',
  'Target_in_Gnd_Catalog',
  'Target_in_Blk_Catalog',
] as const

const status = (event: VoEvent, name: string): boolean | null => flagIn(paramOf(event, name))

export const swift: Mission = {
  name: 'swift',
  authorities: ['nasa.gsfc.gcn/swift', 'gcn.notices.swift.bat.guano'],
  types: typesOf(
    [
      bat,
      [
        [60, 'SWIFT_BAT_GRB_ALERT', 1],
        [98, 'SWIFT_BAT_SUB_THRESHOLD', 5],
        [97, 'SWIFT_BAT_QL_POS', 10],
        [84, 'SWIFT_BAT_TRANS', 15],
        [99, 'SWIFT_BAT_SLEW_POS', 18],
        [61, 'SWIFT_BAT_GRB_POS_ACK', 20],
        [82, 'SWIFT_BAT_GRB_POS_TEST', 20],
      ],
    ],
    [xrt, [[67, 'SWIFT_XRT_POSITION', 40]]],
    [{ ...xrt, instrument: 'UVOT' }, [[81, 'SWIFT_UVOT_POS', 50]]],
    [
      beside,
      [
        [62, 'SWIFT_BAT_GRB_POS_NACK', 0],
        [63, 'SWIFT_BAT_GRB_LC', 0],
        [64, 'SWIFT_BAT_SCALED_MAP', 0],
        [65, 'SWIFT_FOM_OBS', 0],
        [66, 'SWIFT_SC_SLEW', 0],
        [68, 'SWIFT_XRT_SPECTRUM', 0],
        [69, 'SWIFT_XRT_IMAGE', 0],
        [70, 'SWIFT_XRT_LC', 0],
        [71, 'SWIFT_XRT_CENTROID', 0],
        [72, 'SWIFT_UVOT_DBURST', 0],
        [73, 'SWIFT_UVOT_FCHART', 0],
        [76, 'SWIFT_BAT_GRB_LC_PROC', 0],
        [77, 'SWIFT_XRT_SPECTRUM_PROC', 0],
        [78, 'SWIFT_XRT_IMAGE_PROC', 0],
        [79, 'SWIFT_UVOT_DBURST_PROC', 0],
        [80, 'SWIFT_UVOT_FCHART_PROC', 0],
        [85, 'SWIFT_XRT_THRESHPIX', 0],
        [86, 'SWIFT_XRT_THRESHPIX_PROC', 0],
        [87, 'SWIFT_XRT_SPER', 0],
        [88, 'SWIFT_XRT_SPER_PROC', 0],
        [89, 'SWIFT_UVOT_NACK', 0],
      ],
    ],
    [
      facility,
      [
        [46, 'SWIFT_TOO_FOM', 0],
        [47, 'SWIFT_TOO_SC_SLEW', 0],
        [83, 'SWIFT_POINTDIR', 0],
        [103, 'SWIFT_ACTUAL_POINTDIR', 0],
      ],
    ],
  ),
  // A text: "1187142v2" exists.
  triggerIdOf: (event) => paramOf(event, 'TrigID'),
  sequenceOf: (event) => numberIn(paramOf(event, 'Pkt_Ser_Num')),
  signalToNoiseOf: (event) =>
    [paramOf(event, 'Image_Signif'), paramOf(event, 'Det_Signif')].map(numberIn).find((n) => n) ?? null,
  // Swift takes a burst back by sending the same type again with this flag.
  isRetraction: (event) => status(event, 'Def_NOT_a_GRB') === true,
  falseAlarmHintsOf: (event) => [
    ...statusHints.filter((name) => status(event, name) === true),
    ...(status(event, 'GRB_Identified') === false ? ['GRB_Identified=false'] : []),
  ],
}
