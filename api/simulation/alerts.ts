import { readFileSync } from 'node:fs'
import type { VirtualClock } from '#adapters/virtual-clock.ts'
import type { ReceiveNotice } from '#commands/alerts/receive-notice.ts'
import type { Site } from '#domain/shared/site.ts'
import { instantOf } from '#domain/shared/time.ts'
import type { AlertChange } from '#simulators/alert-change.ts'
import { askedNotice } from '#simulators/asked-notice.ts'
import type { NightScenario } from '#simulators/night-scenario.ts'

type Parts = { readonly receive: ReceiveNotice; readonly clock: VirtualClock; readonly site: Site }

const source = { kind: 'vtp', broker: 'simulation' } as const

/** Puts the notices of a scenario straight into the observatory at their times; what troubles a line is left out. */
export const playAlerts = async (
  { alerts, startsAtMs }: NightScenario,
  { receive, clock, site }: Parts,
  signal: AbortSignal,
): Promise<void> => {
  const rawOf = (change: AlertChange): Uint8Array | null => {
    if (change.kind === 'file') return readFileSync(change.path)
    if (change.kind !== 'notice') return null
    const { longitudeDeg } = site
    const about = { issuedAt: clock.now(), roundBegan: startsAtMs, longitudeDeg }
    return new TextEncoder().encode(askedNotice(change.asked, about).xml)
  }
  for (const { time, change } of alerts.changes) {
    await clock.sleepUntil(startsAtMs + time * 1000, signal)
    const raw = rawOf(change)
    if (!raw) continue
    const receivedAt = instantOf(clock.now())
    await clock.holding('a notice', () => receive({ raw, source, receivedAt, simulated: true }))
  }
}
