export const partNames = [
  'eventstore',
  'postgres',
  'plc',
  'monitor',
  'planner',
  'alerts',
  'projections',
  'quotas',
  'api',
] as const
export type PartName = (typeof partNames)[number]

/** The parts that do nothing without it. */
export const usersOfTheLog: readonly PartName[] = [
  'monitor',
  'planner',
  'alerts',
  'projections',
  'quotas',
  'api',
]
