import type { VoEvent } from './missions/voevent.ts'
import { flagIn } from './sent-values.ts'

/** Packet types of tests, of every mission of GCN. */
const testTypes: ReadonlySet<number> = new Set([2, 44, 82, 109, 119, 124, 136, 153])

const testFlags: ReadonlySet<string> = new Set(['Test', 'InternalTest', 'Test_Notice', 'Test_Submission'])

/** Every sign in a VOEvent that it is a test; one is enough. */
export const testSignsIn = (event: VoEvent, packetType: number | null): string[] => [
  ...(event.role === 'test' ? ['role=test'] : []),
  ...(packetType !== null && testTypes.has(packetType) ? [`Packet_Type=${packetType}`] : []),
  ...event.params
    .filter(({ name, value }) => testFlags.has(name) && flagIn(value) === true)
    .map(({ name }) => `${name}=true`),
]
