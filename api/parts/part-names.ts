import { simulatedDeviceNames } from '#simulators/run-devices.ts'

export const partNames = [
  'eventstore',
  'postgres',
  'plc',
  'monitor',
  'planner',
  'alerts',
  'majordome',
  'observer',
  'calibrator',
  'projections',
  'quotas',
  ...simulatedDeviceNames,
  'api',
] as const
export type PartName = (typeof partNames)[number]

/** The parts that do nothing without it. */
export const usersOfTheLog: readonly PartName[] = [
  'monitor',
  'planner',
  'alerts',
  'majordome',
  'observer',
  'calibrator',
  'projections',
  'quotas',
  ...simulatedDeviceNames,
  'api',
]
