import type { EventStore } from '#commands/event-store.ts'
import type { DeviceCommandRequested } from '#domain/devices/events.ts'
import { telescopeStatusSchema } from '#domain/devices/telescope.ts'
import { isEnvironmentEvent } from '#domain/environment/sentences.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { lastStatus } from './load-situation.ts'
import { requestDeviceCommand } from './request-command.ts'

type Parts = { readonly store: EventStore; readonly clock: Clock; readonly site: Site }

/** A roof that does not wait for ever: the longest way to the park position takes less. */
const patienceMs = 60_000
const lookMs = 1_000

/** Rain, or nobody knows: then the roof does not wait. */
const mayRain = async ({ store, site }: Parts, night: string): Promise<boolean> => {
  for await (const event of store.readBackwards(environmentStream(site.id, night))) {
    if (!isEnvironmentEvent(event)) continue
    if (event.type === 'EnvironmentAssessed') return event.data.quantities.rain?.state !== 'safe'
    if (event.type === 'EnvironmentWentStale') return true
  }
  return true
}

/** Has the telescope parked before the roof moves; with rain, or when it takes too long, the roof moves all the same. */
export const parkFirst = async (
  parts: Parts,
  { id, data, metadata }: Recorded<DeviceCommandRequested>,
  signal: AbortSignal,
): Promise<void> => {
  const { clock, store, site } = parts
  const startMs = clock.now()
  const nightNow = () => nightOf(instantOf(clock.now()), site.timeZone)
  const parked = async () =>
    telescopeStatusSchema.safeParse(await lastStatus(store, 'telescope', nightNow())).data?.parkSwitch
  // No word of the telescope at all: nothing to wait for.
  if ((await parked()) !== false || (await mayRain(parts, nightNow()))) return
  await requestDeviceCommand(parts)(
    { device: 'telescope', name: 'park' },
    {
      commandId: uuidFrom('park first', data.conversationId),
      at: instantOf(clock.now()),
      night: nightNow(),
      actor: { kind: 'agent', id: 'dome-agent' },
      causationId: id,
      correlationId: metadata.correlationId,
    },
  )
  while ((await parked()) === false && clock.now() - startMs < patienceMs) {
    if (await mayRain(parts, nightNow())) return
    await clock.sleepUntil(clock.now() + lookMs, signal)
  }
}
