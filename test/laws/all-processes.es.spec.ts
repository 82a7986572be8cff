import { addSeconds } from '#domain/shared/time.ts'
import { verdictEvent, weatherHold } from '#test/support/weather-hold.ts'
import { processLaws } from './process-laws.ts'

const verdicts = [0, 30, 900, 960, 1000, 2400, 2500, 4000, 4100, 6000].map((second, index) => ({
  ...verdictEvent(index % 2 === 0 ? 'unsafe' : 'safe', addSeconds('2026-11-21T02:00:00.000Z', second)),
  stream: 'environment-osm-2026-11-20',
  revision: BigInt(index),
  position: { commit: BigInt(index), prepare: BigInt(index) },
}))

processLaws(
  weatherHold,
  verdicts.map((event) => ({ ...event, metadata: { ...event.metadata, schemaVersion: 1 } })),
)
