import type { MadeCount } from '../requests-made.ts'
import type { Strategy } from '../strategy.ts'
import type { GateVerdict } from '../verdict.ts'
import { verdict } from './gate.ts'

const rate = (gate: 'rate' | 'mission-rate', made: number, limit: number, whose: string): GateVerdict =>
  verdict(gate, made < limit, {
    figure: made,
    limit,
    unit: 'per night',
    text: `${made} ${whose}this night already, at most ${limit}`,
  })

/** How much of a night alerts may take, and one mission's alone. */
export const rateGates = (
  { gates: { maxPerNight, maxPerNightOfMission } }: Strategy,
  { all, ofMission }: MadeCount,
): GateVerdict[] => [
  rate('rate', all, maxPerNight, ''),
  ...(maxPerNightOfMission === undefined
    ? []
    : [rate('mission-rate', ofMission, maxPerNightOfMission, 'of this mission ')]),
]
