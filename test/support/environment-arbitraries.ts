import fc from 'fast-check'
import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import type { QuantityName } from '#domain/environment/events.ts'
import type { SafetyRules } from '#domain/environment/limits.ts'
import type { PlcReply } from '#domain/environment/readings.ts'
import { nightOf } from '#domain/shared/night.ts'
import { instantAt, rejected, reply, unreachable, type Weather, weather } from './environment.ts'

/** A way weather or sensors can be, and what of it is unsafe or missing. */
export type Turn = {
  readonly changed: Weather
  readonly unsafe: readonly QuantityName[]
  readonly missing: readonly QuantityName[]
}

const turn = (
  changed: Weather,
  unsafe: readonly QuantityName[],
  missing: readonly QuantityName[] = [],
): Turn => ({ changed, unsafe, missing })

const calm = turn({}, [])
const troubles: readonly Turn[] = [
  turn({ RainRate: 5 }, ['rain']),
  turn({ digital: 0 }, ['rain']),
  turn({ RainRate: null, analog: null, digital: null }, [], ['rain']),
  turn({ WindSpeed: 10.5 }, ['wind']),
  turn({ WindSpeed: 'NaN' }, [], ['wind', 'gust']),
  turn({ OutsideTemp: -1, DewPoint: -20 }, ['temperature', 'ice']),
  turn({ OutsideTemp: null }, [], ['temperature', 'ice', 'dewPointDepression']),
  turn({ OutsideHumidity: 80 }, ['humidity']),
  turn({ InsideTemp: -1 }, ['insideTemperature']),
  turn({ SkyTemperature: -10 }, ['skyTemperature']),
  turn({ DewPoint: 9 }, ['dewPointDepression']),
]

export type Step = { readonly afterS: number; readonly kind: EnvironmentCommand['type']; readonly turn: Turn }

/** Mostly calm answered polls, a few seconds apart. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    afterS: fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 1, max: 6 }) }, fc.constantFrom(11, 31, 90)),
    kind: fc.oneof(
      { weight: 12, arbitrary: fc.constant('RecordPlcReply' as const) },
      fc.constantFrom('RecordPlcReplyRejected' as const, 'RecordPlcUnreachable' as const),
    ),
    turn: fc.oneof({ weight: 12, arbitrary: fc.constant(calm) }, fc.constantFrom(...troubles)),
  }),
  { minLength: 20, maxLength: 80 },
)

/** Steps as commands. Calm values tremble, so that no sensor is taken for frozen. */
export const commandsOf = (walk: readonly Step[], rules: SafetyRules, startS = 0): EnvironmentCommand[] => {
  let nowS = startS
  return walk.map(({ afterS, kind, turn: { changed } }, i) => {
    nowS += afterS
    const about = { rules, night: nightOf(instantAt(nowS), 'America/Tijuana') }
    if (kind === 'RecordPlcUnreachable') return unreachable(nowS, about)
    if (kind === 'RecordPlcReplyRejected') return rejected(nowS, about)
    const tremble = (i % 2) / 100
    const trembling = { OutsideTemp: 12 + tremble, WindSpeed: 3 + tremble, OutsideHumidity: 40 + tremble }
    return reply(nowS, weather({ ...trembling, ...changed }, { at: instantAt(nowS) }), about)
  })
}

const oddText = fc.oneof(
  fc.constantFrom('', 'yes', 'no', 'meteo', '__proto__', 'constructor', 'Celcius'),
  fc.string(),
)
const oddValue = fc.record({
  name: fc.oneof(
    fc.constantFrom('OutsideTemp', 'RainRate', 'WindSpeed', 'analog', 'digital', 'Doors'),
    oddText,
  ),
  value: fc.oneof(fc.double(), fc.integer(), oddText, fc.boolean(), fc.constant(null)),
  unit: fc.oneof(fc.constantFrom('Celcius', 'mm/h', 'm/s', 'V', 'bool'), oddText),
})
const oddDevice = fc.record({
  name: fc.oneof(fc.constantFrom('WXT520', 'VantagePro', 'DRD11', 'SITE', 'UPS', 'HOST'), oddText),
  type: oddText,
  serialNumber: oddText,
  valid: fc.oneof(fc.constant('yes'), oddText),
  values: fc.array(oddValue, { maxLength: 6 }),
})

/** Answers that have the shape of a status and make no sense. */
export const oddReplies: fc.Arbitrary<PlcReply[]> = fc.array(
  fc.record({
    source: fc.record({
      from: oddText,
      firmware: oddText,
      site: oddText,
      date: fc.oneof(
        fc.constantFrom('2017-02-29T00:00:00', '2016-12-31T23:59:60Z', '9999-12-31T23:59:59-14:00'),
        oddText,
      ),
    }),
    devices: fc.array(oddDevice, { maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 4 },
)
