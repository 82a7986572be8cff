export const partNames = [
  'eventstore',
  'postgres',
  'plc',
  'monitor',
  'alerts',
  'projections',
  'quotas',
  'api',
] as const
export type PartName = (typeof partNames)[number]

/** The parts that do nothing without it. */
export const usersOfTheLog: readonly PartName[] = ['monitor', 'alerts', 'projections', 'quotas', 'api']
