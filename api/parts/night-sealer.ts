import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import type { Config } from '#api/config.ts'
import type { PollOutcome } from '#commands/environment/monitor.ts'
import { NightUnknown } from '#commands/night/night-events.ts'
import { runNightSealer, type SealOutcome } from '#commands/night/night-sealer.ts'
import { sealNight } from '#commands/night/seal-night.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import type { Clock } from '#domain/shared/clock.ts'
import { nightOf } from '#domain/shared/night.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { Part, PartStatus } from './part.ts'

export type NightSealerPart = Part & {
  /** To be told of every poll. */
  polled(outcome: PollOutcome): void
}

type Options = {
  readonly config: Config
  readonly store: OpenEventStore
  readonly clock: Clock
  readonly say: (line: string) => void
}

const saying = (outcome: SealOutcome): string =>
  outcome.kind === 'sealed'
    ? `night of ${outcome.night} sealed: ${outcome.count} events, root ${outcome.rootHash.slice(0, 16)}…`
    : `night of ${outcome.night} not sealed: ${outcome.error}`

/** The night sealer, wired to the log. */
export const startNightSealer = ({ config, store, clock, say }: Options): NightSealerPart => {
  const stopping = new AbortController()
  const { id: site, timeZone } = config.SITE
  const name = 'night sealer'
  let status: PartStatus = { name, state: 'up', detail: 'seals a night at the first poll of the next' }

  const seal = async (night: string) => {
    // Every night has polls, and asking for one stream is quicker than going through the log.
    if ((await store.nights.lastRevision(environmentStream(site, night))) === 'none')
      throw new NightUnknown({ site, night })
    const at = instantOf(clock.now())
    const actor = { kind: 'agent', id: 'night-sealer' } as const
    const command = { site, night, at, current: nightOf(at, timeZone), actor }
    return sealNight(command, { store, log: store.nights, signal: stopping.signal })
  }

  const onOutcome = (outcome: SealOutcome) => {
    const state = outcome.kind === 'sealed' ? 'up' : 'down'
    // A fault that stays is told once, not at every poll.
    if (state === 'up' || status.state !== state) say(saying(outcome))
    status = { name, state, detail: saying(outcome) }
  }
  const sealer = runNightSealer(seal, onOutcome, stopping.signal)

  return {
    polled: (outcome) => {
      if (outcome.kind === 'recorded') sealer.polled(nightOf(outcome.at, timeZone))
    },
    status: () => status,
    stop: async () => {
      stopping.abort()
      await sealer.idle()
    },
  }
}
