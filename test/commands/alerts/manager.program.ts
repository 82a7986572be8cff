// The alert manager alone; says each command it has done.
import { openEventStore } from '#adapters/eventstore/event-store.ts'
import { alertDispatch } from '#commands/alerts/dispatch.ts'
import { runProcess } from '#commands/process/runner.ts'
import { alertManager } from '#domain/alerts/alert-manager.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { clockFrom } from '#test/support/alert-chain.ts'

const store = openEventStore(process.env['EVENTSTORE_URL'] ?? '')
const clock = clockFrom(process.env['NOW'] ?? '')
const dispatch = alertDispatch(store, site, [])
await runProcess(
  {
    manager: alertManager,
    store,
    feed: store,
    clock,
    site,
    simulated: false,
    dispatch: async (command, envelope) => {
      process.stdout.write('doing\n')
      await dispatch(command, envelope)
      process.stdout.write('done\n')
    },
  },
  new AbortController().signal,
)
