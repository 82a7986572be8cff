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

const withoutLog: readonly PartName[] = ['eventstore', 'postgres', 'plc']

/** The parts that do nothing without the log. */
export const usersOfTheLog: readonly PartName[] = partNames.filter((name) => !withoutLog.includes(name))
