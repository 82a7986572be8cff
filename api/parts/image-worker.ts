import type { Task } from '#commands/agents/agent.ts'
import type { EventFeed } from '#commands/event-feed.ts'
import type { EventStore } from '#commands/event-store.ts'
import { ImageWorker } from '#commands/images/image-worker.ts'
import type { ImageWorks } from '#commands/images/image-works.ts'
import type { CatalogueFor } from '#commands/images/make-image.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { simulatedSky } from '#simulators/sky-catalogue.ts'

/** Opens what computes on the data folder's images; it ends with the agent. */
export type OpenImageWorks = (dataDir: string) => ImageWorks & { close(): Promise<void> }

type Ground = {
  readonly store: EventStore & EventFeed
  readonly clock: Clock
  readonly site: Site
  readonly simulated: boolean
}

/**
 * The one catalogue there is here is of the sky that the simulated cameras see. What a real camera sees is held against
 * nothing, rather than against an invented sky.
 */
export const catalogueOf =
  (realDevices: readonly string[]): CatalogueFor =>
  (detector) =>
    realDevices.includes(`${detector}-camera`) ? null : simulatedSky

/** Correcting images and looking what is in them, as work of the calibrator's agent. */
export const imageTask = (
  ground: Ground,
  dataDir: string,
  open: OpenImageWorks,
  catalogueFor: CatalogueFor,
  say: (line: string) => void,
): Task => ({
  name: 'images',
  run: async (signal) => {
    const works = open(dataDir)
    let trouble: string | null = null
    const onProgress = ({ error }: { error: string | null }) => {
      // A fault that stays is told once.
      if (error !== null && error !== trouble) say(`calibrator: ${error}`)
      trouble = error
    }
    try {
      await new ImageWorker({ ...ground, feed: ground.store, works, catalogueFor, onProgress }).run(signal)
    } finally {
      await works.close()
    }
  },
})
