import { type Mission, typesOf } from './mission.ts'

/** Writes JSON only; what its notices say is in the reader of those. */
export const einsteinProbe: Mission = {
  name: 'ep',
  authorities: ['gcn.notices.einstein_probe.wxt.alert'],
  types: typesOf(),
  triggerIdOf: () => null,
}
