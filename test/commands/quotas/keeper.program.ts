// The quota keeper alone; says when it is about to write and when the log has acknowledged.
import { systemClock } from '#adapters/clock.ts'
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { QuotaKeeper } from '#commands/quotas/quota-keeper.ts'

const store = openEventStore(process.env['EVENTSTORE_URL'] ?? '')
const keeper = new QuotaKeeper({
  store: {
    ...store,
    append: async (stream, events, expected) => {
      if (events.length > 0) process.stdout.write('writing\n')
      const appended = await store.append(stream, events, expected)
      process.stdout.write('written\n')
      return appended
    },
  },
  feed: store,
  clock: systemClock,
  onProgress: () => {},
})
await keeper.run(new AbortController().signal)
