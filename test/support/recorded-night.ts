import { loadEnvironment } from '#commands/environment/load-environment.ts'
import type { EventStore } from '#commands/event-store.ts'
import { residentHandler } from '#commands/resident-handler.ts'
import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import { environment } from '#domain/environment/decider.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import type { DeviceReading, DeviceValue, PlcReply } from '#domain/environment/readings.ts'
import { environmentStream } from '#domain/environment/streams.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'

export const site = sanPedroMartir.id
export const eve = '2026-11-19'
export const night = '2026-11-20'
/** In the night of the 20th at the site. */
export const dusk: Instant = '2026-11-21T02:00:00.000Z'

const value = (name: string, sent: DeviceValue['value'], unit: string): DeviceValue => ({
  name,
  value: sent,
  unit,
})

const device = (name: string, values: DeviceValue[], type = 'meteo'): DeviceReading => ({
  name,
  type,
  serialNumber: `serial of ${name}`,
  valid: 'yes',
  values,
})

/** A fine evening; all values tremble with the second, as real ones do. */
export const fine = (
  second: number,
  { windMs = 3, rain = 0 }: { windMs?: number; rain?: number } = {},
): PlcReply => {
  const tremble = (second % 7) / 100
  return {
    source: {
      from: 'Beckhoff',
      firmware: '20170809',
      site: 'OSM-Mexico',
      date: addSeconds(dusk, second).slice(0, 19),
    },
    devices: [
      device('VantagePro', [
        value('OutsideTemp', 12 + tremble, 'Celcius'),
        value('OutsideHumidity', 40 + tremble, 'percent'),
        value('Pressure', 769, 'mbar'),
        value('RainRate', rain, 'mm/h'),
        value('WindSpeed', windMs + tremble, 'm/s'),
        value('WindDir', 200, 'deg'),
        value('DewPoint', tremble, 'deg'),
        value('InsideTemp', 12 + tremble, 'Celcius'),
        value('InsideHumidity', 40 + tremble, 'percent'),
      ]),
      device('DRD11', [value('analog', 3, 'V'), value('digital', 1, 'bool')]),
      device('MLX90614-1', [value('SkyTemperature', -30 - tremble, 'Celcius')]),
      device('UPS', [value('OnBattery', false, 'bool'), value('Charge', 100, 'percent')], 'ups'),
    ],
  }
}

const rules = safetyRules()

const about = (second: number) => {
  const at = addSeconds(dusk, second)
  const commandId = uuidFrom(`${second}`, noctuaryNamespace)
  return { commandId, at, night: nightOf(at, sanPedroMartir.timeZone), rules, address: '127.0.0.1:5003' }
}

export const answered = (second: number, reply = fine(second)): EnvironmentCommand => ({
  type: 'RecordPlcReply',
  ...about(second),
  reply,
  validPolicy: 'strict',
})

export const unanswered = (second: number): EnvironmentCommand => ({
  type: 'RecordPlcUnreachable',
  ...about(second),
  phase: 'connect',
  detail: 'nobody listens',
})

export const rejectedAt = (second: number): EnvironmentCommand => ({
  type: 'RecordPlcReplyRejected',
  ...about(second),
  reason: 'INVALID_JSON',
  detail: 'Unexpected end of JSON input',
  raw: '[{"name":"STATUS"',
  rawBytes: 17,
})

/** Seconds from one to another, both included. */
export const seconds = (from: number, to: number, step = 10): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step)

/** Puts polls on record as the monitor would: the same decider, handler and streams. */
export const record = async (store: EventStore, commands: readonly EnvironmentCommand[]): Promise<void> => {
  const handle = residentHandler({
    store,
    decider: environment,
    streamOf: (command: EnvironmentCommand) => environmentStream(site, command.night),
    load: (command) => loadEnvironment(store, site, command),
    context: { actor: { kind: 'agent', id: 'environment-monitor' }, site, simulated: true },
  })
  for (const command of commands) await handle(command)
}
