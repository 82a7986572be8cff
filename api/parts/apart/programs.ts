import type { Config } from '#api/config.ts'
import type { PartName } from '#api/parts/part-names.ts'
import { simulatedDeviceNames } from '#simulators/run-devices.ts'

/** What runs in a process of its own; read models and the API live where their database is started. */
export type Program = { readonly name: string; readonly parts: readonly PartName[] }

const alone = (...names: readonly PartName[]): Program[] => names.map((name) => ({ name, parts: [name] }))

/** The programs that these settings leave to be run here. */
export const programsFor = ({ EVENTSTORE_URL, DATABASE_URL, PLC_ADDRESS }: Config): readonly Program[] => [
  ...(EVENTSTORE_URL ? [] : [{ name: 'event-store', parts: ['eventstore'] as const }]),
  {
    name: 'read-models',
    parts: [...(DATABASE_URL ? [] : (['postgres'] as const)), 'projections', 'api'],
  },
  ...(PLC_ADDRESS ? [] : alone('plc')),
  ...alone('monitor', 'majordome'),
  { name: 'devices', parts: simulatedDeviceNames },
  ...alone('observer', 'planner', 'alerts', 'calibrator', 'quotas'),
]
