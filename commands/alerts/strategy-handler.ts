import type { EventStore } from '#commands/event-store.ts'
import { commandHandler } from '#commands/handle.ts'
import { defaultStrategies } from '#domain/alerts/default-strategies.ts'
import type { StrategyAdopted } from '#domain/alerts/events.ts'
import { strategyDecider } from '#domain/alerts/strategy-decider.ts'
import { strategyStream } from '#domain/alerts/streams.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import type { Instant } from '#domain/shared/time.ts'

const isOwn = (event: DomainEvent): event is StrategyAdopted => event.type === 'StrategyAdopted'

/** Handles the adoption of strategies, each in its stream. */
export const strategyHandler = (store: EventStore, site: string) =>
  commandHandler({
    store,
    decider: strategyDecider,
    streamOf: ({ strategy }) => strategyStream(strategy.name),
    site,
    isOwn,
  })

/** Adopts the shipped strategies where there is none of their name; safe to do at every start. */
export const adoptDefaults = async (store: EventStore, site: Site, at: Instant): Promise<void> => {
  const adopt = strategyHandler(store, site.id)
  const actor = { kind: 'program', id: 'noctuary' } as const
  for (const strategy of defaultStrategies) {
    const commandId = uuidFrom(`default-strategy/${strategy.name}`, noctuaryNamespace)
    const command = { type: 'AdoptStrategy', strategy, at, unlessThere: true } as const
    await adopt(command, { commandId, at, night: nightOf(at, site.timeZone), actor })
  }
}
