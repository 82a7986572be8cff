import { randomUUID } from 'node:crypto'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { seeded } from '#domain/planning/search/random.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import { requestGiven } from '../../support/submitted-requests.ts'

const perRequest = 10

/** Asks for so many sequences, all over the sky, of half an hour at the least, so that one is under way when an alert comes. */
export const askFor = async (store: OpenEventStore, site: Site, candidates: number): Promise<void> => {
  const random = seeded(candidates)
  const at = instantOf(Date.now())
  for (let r = 0; r < candidates / perRequest; r++) {
    const id = randomUUID()
    const data = requestGiven(`bench${r}`, {
      userId: `u${r % 20}`,
      sequences: Array.from({ length: perRequest }, () => ({
        raDeg: 360 * random(),
        decDeg: 80 * random() - 20,
        durationS: Math.round(1800 * (1 + random())),
        priority: 1 + Math.floor(100 * random()),
        albums: [
          {
            name: 'visible',
            detector: 'visible',
            plans: [{ name: 'r', filter: 'r', exposureS: 600, images: 3 }],
          },
        ],
      })),
    })
    const metadata = {
      occurredAt: at,
      correlationId: id,
      causationId: id,
      actor: { kind: 'program', id: 'bench' } as const,
      site: site.id,
      night: nightOf(at, site.timeZone),
    }
    await store.append(`request-bench${r}`, [{ id, type: 'RequestSubmitted', data, metadata }], 'none')
  }
}
