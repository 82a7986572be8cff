import { fc } from '@fast-check/vitest'

const lasts = { start: 'observing-1400', end: 'observing+2400' }
// The roof is open from about 1,260 s after the start.
const at = fc.integer({ min: 1_260, max: 3_700 })

const weather = fc.oneof(
  fc.record({ rainMmH: fc.constantFrom(0, 0.4, 6) }),
  fc.record({ windMs: fc.double({ min: 0, max: 20, noNaN: true }) }),
  fc.record({ humidityPercent: fc.integer({ min: 30, max: 98 }) }),
  fc.record({ skyTemperatureC: fc.integer({ min: -30, max: 5 }) }),
  fc.record({ power: fc.constantFrom('mains', 'battery') }),
)
const outage = fc.record({ outage: fc.integer({ min: 1, max: 120 }) })
const fault = (kinds: readonly string[]) =>
  fc.record({ fault: fc.constantFrom(...kinds), for: fc.integer({ min: 5, max: 60 }) })

const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ at, weather }) },
  { weight: 1, arbitrary: fc.record({ at, plcSimulator: outage }) },
  { weight: 1, arbitrary: fc.record({ at, telescopeSimulator: fc.oneof(outage, fault(['stuck', 'slow'])) }) },
  // A dome that does not move for longer than closing may take is open: there are other tests for it.
  { weight: 1, arbitrary: fc.record({ at, domeSimulator: fault(['stuck', 'slow', 'emergency-button']) }) },
  { weight: 1, arbitrary: fc.record({ at, visibleCameraSimulator: outage }) },
)

/** What happens in a short stretch of a night: weather, lines that break, devices that do not obey. */
export const troubles = fc.array(happening, { minLength: 1, maxLength: 8 })

/** The stretch of a night in which it happens. */
export const nightOf = (happens: readonly unknown[]) => ({ ...lasts, pollS: 4, happens })
