// The image worker alone; says when it is about to write and when the log has acknowledged.
import { systemClock } from '#adapters/clock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { startImageThread } from '#adapters/images/image-thread.ts'
import { ImageWorker } from '#commands/images/image-worker.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { simulatedSky } from '#simulators/sky-catalogue.ts'

const [url = '', dataDir = ''] = process.argv.slice(2)
const store = openEventStore(url)
const worker = new ImageWorker({
  store: {
    ...store,
    append: async (stream, events, expected) => {
      process.stdout.write('writing\n')
      const appended = await store.append(stream, events, expected)
      process.stdout.write('written\n')
      return appended
    },
  },
  feed: store,
  clock: systemClock,
  site,
  simulated: true,
  works: startImageThread(dataDir),
  catalogueFor: () => simulatedSky,
  onProgress: () => {},
})
await worker.run(new AbortController().signal)
