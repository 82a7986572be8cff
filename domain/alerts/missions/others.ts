import { statistical90, unknownMeaning } from '../error-radius.ts'
import { numberIn } from '../sent-values.ts'
import { type Mission, typesOf } from './mission.ts'
import { paramOf, type VoEvent } from './voevent.ts'

const seen = { kind: 'detection', radius: statistical90, instrument: null } as const
const vague = { ...seen, radius: unknownMeaning } as const
const notATarget = { ...seen, kind: 'not-a-target' } as const

const trigId = (event: VoEvent): string | null => paramOf(event, 'TrigID') ?? paramOf(event, 'Event_ID')

const common = {
  triggerIdOf: trigId,
  sequenceOf: (event: VoEvent) => numberIn(paramOf(event, 'Pkt_Ser_Num')),
}

const gecam: Mission = {
  ...common,
  name: 'gecam',
  authorities: ['nasa.gsfc.gcn/gecam'],
  types: typesOf([
    vague,
    [
      [188, 'GECAM_FLT', 10],
      [189, 'GECAM_GND', 20],
    ],
  ]),
  triggerIdOf: (event) => {
    const number = paramOf(event, 'Trigger_Number')?.trim()
    const mission = paramOf(event, 'MISSION')?.trim()
    return number ? [mission, number].filter(Boolean).join('_') : trigId(event)
  },
  falseAlarmHintsOf: (event) => {
    const sourceClass = paramOf(event, 'SRC_CLASS')?.trim()
    return sourceClass && sourceClass !== 'GRB' ? [`SRC_CLASS=${sourceClass}`] : []
  },
}

const integral: Mission = {
  ...common,
  name: 'integral',
  authorities: ['nasa.gsfc.gcn/integral'],
  types: typesOf(
    [
      vague,
      [
        [52, 'INTEGRAL_SPIACS', 1],
        [56, 'INTEGRAL_WEAK', 5],
        [53, 'INTEGRAL_WAKEUP', 10],
        [54, 'INTEGRAL_REFINED', 20],
        [55, 'INTEGRAL_OFFLINE', 30],
      ],
    ],
    [notATarget, [[51, 'INTEGRAL_POINTDIR', 0]]],
  ),
}

const maxi: Mission = {
  ...common,
  name: 'maxi',
  authorities: ['nasa.gsfc.gcn/maxi'],
  types: typesOf(
    [vague, [[134, 'MAXI_UNKNOWN', 10]]],
    [
      notATarget,
      [
        [135, 'MAXI_KNOWN', 0],
        [136, 'MAXI_TEST', 0],
      ],
    ],
  ),
}

const agile: Mission = {
  ...common,
  name: 'agile',
  authorities: ['nasa.gsfc.gcn/agile'],
  types: typesOf(
    [
      vague,
      [
        [100, 'AGILE_GRB_WAKEUP', 10],
        [101, 'AGILE_GRB_GROUND', 20],
        [102, 'AGILE_GRB_REFINED', 30],
        [105, 'AGILE_MCAL_ALERT', 5],
      ],
    ],
    [
      notATarget,
      [
        [107, 'AGILE_POINTDIR', 0],
        [108, 'AGILE_TRANS', 0],
        [109, 'AGILE_GRB_POS_TEST', 0],
      ],
    ],
  ),
}

const single = (name: string, stream: string, type: readonly [number, string, number]): Mission => ({
  ...common,
  name,
  authorities: [`nasa.gsfc.gcn/${stream}`],
  types: typesOf([vague, [type]]),
})

export const otherMissions: readonly Mission[] = [
  gecam,
  integral,
  maxi,
  agile,
  single('konus', 'konus', [59, 'KONUS_LC', 1]),
  single('ipn', 'ipn', [31, 'IPN_RAW', 1]),
  single('snews', 'snews', [149, 'SNEWS', 1]),
  single('superk', 'sk_sn', [175, 'SK_SN', 10]),
  single('moa', 'moa', [139, 'MOA', 10]),
  single('counterpart', 'counterpart', [45, 'GRB_CNTRPART', 10]),
  {
    ...common,
    name: 'calet',
    authorities: ['nasa.gsfc.gcn/calet'],
    types: typesOf([
      vague,
      [
        [160, 'CALET_GBM_FLT_LC', 1],
        [161, 'CALET_GBM_GND_LC', 1],
      ],
    ]),
  },
]
