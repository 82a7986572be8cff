import type { Gate, Judged } from './gates/gate.ts'
import { drillGate, kindGate, retractedGate, testGate } from './gates/nature.ts'
import { galacticGate, positionGate, radiusGate, visibilityGate } from './gates/place.ts'
import { rateGates } from './gates/rate.ts'
import { ageGate, falseAlarmGate, rateHzGate, signalGate, significanceGate } from './gates/worth.ts'
import type { Strategy } from './strategy.ts'
import type { GateVerdict } from './verdict.ts'

const gates: readonly Gate[] = [
  kindGate,
  testGate,
  drillGate,
  retractedGate,
  positionGate,
  radiusGate,
  ageGate,
  falseAlarmGate,
  rateHzGate,
  signalGate,
  significanceGate,
  galacticGate,
  visibilityGate,
]

/** Every gate that a strategy has, asked whether another is shut already or not. */
export const askGates = (strategy: Strategy, judged: Judged): GateVerdict[] => [
  ...gates.flatMap((gate) => gate(strategy, judged) ?? []),
  ...rateGates(strategy, judged.madeThisNight),
]
