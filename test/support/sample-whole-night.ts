import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import { phaseTimes } from '#domain/night/sun-phases.ts'
import type { SchedulePublished } from '#domain/planning/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'
import { addSeconds, type Instant, secondsBetween } from '#domain/shared/time.ts'
import { dusk, instantAt, reply, unreachable, weather } from './environment.ts'
import { type Behaviour, PureNight } from './pure-night.ts'
import { recordedBy } from './recorded-by.ts'
import { AlertPlay } from './sample-alerts.ts'
import { requestGiven } from './submitted-requests.ts'

export const noon: Instant = '2026-11-20T20:00:00.000Z'
const times = phaseTimes(sanPedroMartir, '2026-11-20')
/** So many seconds after it is dark enough to observe. */
export const observingAt = (s = 0): Instant => addSeconds(times.observing ?? noon, s)

const pollS = 10
const inDusk = (at: Instant): number => Math.round(secondsBetween(dusk, at) / pollS) * pollS

/** Fine weather with a shower an hour after dark and, later, an outage of the PLC; wind and temperature go up and down. */
const weatherAt = (s: number): EnvironmentCommand => {
  const dark = s - inDusk(observingAt())
  if (dark >= 21_600 && dark < 21_900) return unreachable(s)
  const raining = dark >= 3_600 && dark < 4_200
  const wave = Math.sin(s / 5_000)
  const tremble = (s % 20) / 1_000
  return reply(
    s,
    weather(
      {
        RainRate: raining ? 3 : 0,
        WindSpeed: 3 + 2 * wave + tremble,
        OutsideTemp: 10 - 3 * wave + tremble,
        OutsideHumidity: 38 + 8 * wave + tremble,
        InsideTemp: 12 + tremble,
        InsideHumidity: 40 + tremble,
        DewPoint: tremble - 4,
        SkyTemperature: -30 + 2 * wave - tremble,
      },
      { at: instantAt(s) },
    ),
  )
}

const environmentOf = (from: Instant, to: Instant): Recorded[] => {
  const [first, last] = [inDusk(from), inDusk(to)]
  return recordedBy(
    Array.from({ length: (last - first) / pollS + 1 }, (_, i) => weatherAt(first + i * pollS)),
  )
}

type Entry = { readonly sequenceId: string; readonly requestId: string; readonly startsAt: Instant }

const placed = ({ sequenceId, requestId, startsAt }: Entry, kind: 'planned' | 'alert' = 'planned') => ({
  sequenceId,
  requestId,
  name: sequenceId.startsWith('alert') ? 'GRB field' : `field ${sequenceId}`,
  kind,
  setupAt: addSeconds(startsAt, -60),
  startsAt,
  endsAt: addSeconds(startsAt, 720),
  priority: 50,
  value: 10,
  quality: 1,
  raDeg: 60,
  decDeg: 31,
  altitudeDeg: 70,
  airmass: 1.1,
  moonSeparationDeg: 90,
  slackBeforeS: 0,
  slackAfterS: 300,
  chargeS: 600,
})

const plan = (
  night: PureNight,
  scheduleVersion: number,
  why: SchedulePublished['data']['asks'][number]['why'],
  entries: readonly ReturnType<typeof placed>[],
  unplaced: readonly string[] = [],
): void => {
  const commit = `${night.log.length}`
  const answered = uuidFrom(`ask ${scheduleVersion}`, noctuaryNamespace)
  night.happen('schedule-osm-2026-11-20', {
    type: 'SchedulePublished',
    data: {
      scheduleVersion,
      asks: [{ why, eventId: answered }],
      plannerVersion: 'planner-1',
      inputsHash: 'a'.repeat(64),
      basedOn: { commit, prepare: commit },
      from: night.now,
      until: times['morning-flats'] ?? night.now,
      objective: entries.length * 10,
      bound: entries.length * 10 + 2,
      placed: entries,
      unplaced: unplaced.map((code, i) => ({ sequenceId: `left.${i}`, requestId: 'left', code })),
      preempted: [],
      ...(why === 'alert' ? { method: 'alert-inserted' as const } : {}),
    },
  })
}

/** Every field is observed, until the camera breaks down in the fifth. */
const behaviour: Behaviour = ({ device, name, parameters }) => {
  if (name === 'expose' && String(parameters['object']).includes('survey.5'))
    return { afterS: 20, fails: 'the shutter is stuck' }
  if (name === 'expose') return { afterS: Number(parameters['exposureS']) + 2 }
  return { afterS: device === 'dome' ? 30 : 5 }
}

const fields = Array.from({ length: 30 }, (_, i) => `survey.${i + 1}`)

const fieldEntries = (firstAt: Instant, from: number): ReturnType<typeof placed>[] =>
  fields
    .slice(from)
    .map((sequenceId, i) =>
      placed({ sequenceId, requestId: 'survey', startsAt: addSeconds(firstAt, i * 1_000) }),
    )

/** Notices come in, are judged, and what comes of them is on the night's record. */
const alerts = (night: PureNight): void => {
  const play = new AlertPlay(night.now)
  const files = [
    'swift-bat.xml',
    'fermi-gbm-alert.xml',
    'ep-wxt.json',
    'swift-test.xml',
    'lvk-preliminary.xml',
  ]
  for (const file of files) play.send(file)
  play.receive(new TextEncoder().encode('<VOEvent'), 'broken.xml', 'sha256:broken')
  play.send('lvk-retraction.xml')
  for (const { stream, type, data } of play.events) night.happen(stream, { type, data })
}

const alertSequence = ({ log }: PureNight): Entry | null => {
  const made = log.find(({ type }) => type === 'AlertRequestMade')?.data as
    | { requestId: string; content: { sequences: { id: string }[] } }
    | undefined
  const id = made?.content.sequences[0]?.id
  return made && id ? { sequenceId: id, requestId: made.requestId, startsAt: '' } : null
}

const troubles = (night: PureNight): void => {
  const [device, address] = ['infrared-camera', '127.0.0.1:5006'] as const
  night.happen('device-infrared-camera', {
    type: 'DeviceLinkLost',
    data: { device, address, detail: 'silent for 10 s' },
  })
  for (const step of ['reconnect', 'reset', 'power-cycle'] as const)
    night.happen('device-infrared-camera', {
      type: 'DeviceAlarmRaised',
      data: { device, code: 'silent', text: `no answer; ${step}`, step, conversationId: null },
    })
}

/** What happens by hand, by others and by itself, each at its time. */
const script = (): { readonly at: Instant; readonly run: (night: PureNight) => void }[] => [
  { at: addSeconds(noon, 60), run: (night) => night.open() },
  {
    at: observingAt(-600),
    run: (night) => {
      const request = requestGiven('survey', { sequences: fields.map(() => ({})) })
      night.happen('request-survey', { type: 'RequestSubmitted', data: request })
      plan(night, 1, 'submission', fieldEntries(observingAt(120), 0), ['NEVER_VISIBLE', 'QUOTA', 'QUOTA'])
    },
  },
  {
    at: observingAt(6_000),
    run: (night) => plan(night, 2, 'conditions', fieldEntries(observingAt(6_600), 3), ['NO_ROOM']),
  },
  { at: observingAt(8_000), run: troubles },
  {
    at: observingAt(8_240),
    run: (night) =>
      night.happen('device-infrared-camera', {
        type: 'DeviceLinkRestored',
        data: { device: 'infrared-camera', address: '127.0.0.1:5006', downS: 240 },
      }),
  },
  { at: observingAt(12_000), run: alerts },
  {
    at: observingAt(12_002),
    run: (night) => {
      const alert = alertSequence(night)
      const rest = fieldEntries(observingAt(14_000), 12)
      const first = alert ? [placed({ ...alert, startsAt: observingAt(12_062) }, 'alert')] : []
      plan(night, 3, 'alert', [...first, ...rest], ['DISPLACED', 'NO_ROOM'])
    },
  },
  { at: observingAt(17_500), run: (night) => night.mode('manual', 'looking at the mirror') },
  { at: observingAt(19_000), run: (night) => night.mode('automatic', 'all is well') },
]

/**
 * A whole night by the real rules, with something of everything: thirty fields, a shower, a stuck shutter, an alert, an
 * hour by hand, a PLC that is silent for a while. Pure; the same in every run.
 */
export const sampleWholeNight = (until: Instant = addSeconds(noon, 86_000)): Recorded[] => {
  const night = new PureNight(noon, behaviour)
  const environment = environmentOf(addSeconds(noon, 10), until).map((event) => ({
    at: event.metadata.occurredAt,
    run: () => night.happen(event.stream, { type: event.type, data: event.data }),
  }))
  const all = [...environment, ...script()].filter(({ at }) => at <= until)
  for (const { at, run } of all.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))) {
    night.until(at)
    run(night)
  }
  night.until(until)
  return night.log
}
