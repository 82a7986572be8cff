import { type AlertManagerInput, alertManager } from '#domain/alerts/alert-manager.ts'
import { majordome } from '#domain/night/majordome/majordome.ts'
import { observer } from '#domain/observing/observer/observer.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { eveningHeard, observationsHeard } from '#test/support/night-histories.ts'
import { sampleAlerts } from '#test/support/sample-alerts.ts'
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

const heard: ReadonlySet<string> = new Set(alertManager.handles)
const isHeard = (event: Recorded): event is Recorded<AlertManagerInput> => heard.has(event.type)

// One of the laws kills it at each step: the strategies and the first notices are enough for that.
processLaws(alertManager, sampleAlerts().filter(isHeard).slice(0, 10))

const heardBy = <In extends DomainEvent>(
  { handles }: { readonly handles: readonly In['type'][] },
  history: readonly Recorded[],
) => {
  const types: ReadonlySet<string> = new Set(handles)
  const isFor = (event: Recorded): event is Recorded<In> => types.has(event.type)
  return history.filter(isFor)
}

const conductor = majordome(sanPedroMartir)
processLaws(conductor, heardBy(conductor, eveningHeard()))
const watcher = observer(sanPedroMartir)
processLaws(watcher, heardBy(watcher, observationsHeard()))
