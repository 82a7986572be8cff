import { statistical90 } from '../error-radius.ts'
import { type Mission, typesOf } from './mission.ts'
import { paramOf } from './voevent.ts'

/** Our own fake alerts: they go the real way, and every one of them is a test. */
export const drill: Mission = {
  name: 'drill',
  authorities: ['noctuary/drill'],
  types: typesOf([
    { kind: 'detection', radius: statistical90, instrument: 'DRILL' },
    [[2, 'DRILL_POSITION', 10]],
  ]),
  triggerIdOf: (event) => paramOf(event, 'TrigID'),
}
