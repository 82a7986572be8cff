// The environment monitor alone, polling as fast as it is told; says each poll that the log has acknowledged.
import { systemClock } from '#adapters/clock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { readConfig } from '#api/config.ts'
import { startMonitor } from '#api/parts/monitor.ts'

const config = readConfig(process.env)
if (!config.EVENTSTORE_URL || !config.PLC_ADDRESS)
  throw new Error('EVENTSTORE_URL and PLC_ADDRESS are needed')
startMonitor({
  config,
  store: openEventStore(config.EVENTSTORE_URL),
  plc: config.PLC_ADDRESS,
  simulated: true,
  clock: systemClock,
  onPoll: (outcome) => {
    if (outcome.kind === 'recorded') process.stdout.write(`${outcome.at}\n`)
  },
})
