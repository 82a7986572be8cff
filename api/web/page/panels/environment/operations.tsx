import { moment } from '../../route.ts'
import { Empty } from '../../ui/section.tsx'
import { FakeAlarm } from './fake-alarm.tsx'
import { Parts } from './parts.tsx'
import { PlcStatus } from './plc-status.tsx'

/** The parts that the environment hangs on: what polls, what is polled, and what acts on it. */
const environmentParts = ['environment monitor', 'PLC simulator', 'majordome']

/** What a person can do about the environment: ask the PLC, raise a fake alarm, stop and start what polls. */
export const Operations = () =>
  moment.value === null ? (
    <>
      <div class="by-hand">
        <PlcStatus />
        <FakeAlarm />
      </div>
      <h3>Parts</h3>
      <Parts names={environmentParts} />
    </>
  ) : (
    <Empty>In a replay nothing can be done: it is over.</Empty>
  )
