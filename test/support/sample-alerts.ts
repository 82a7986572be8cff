import { readNotice } from '#adapters/read-notice.ts'
import { type AlertCommand, alertManager } from '#domain/alerts/alert-manager.ts'
import { defaultStrategies } from '#domain/alerts/default-strategies.ts'
import type { TriggerEvent } from '#domain/alerts/events.ts'
import { contentHashOf, noticeDifferences } from '#domain/alerts/notice-difference.ts'
import { noticeStream, strategyStream, triggerStream } from '#domain/alerts/streams.ts'
import type { TriggerCommand } from '#domain/alerts/trigger-commands.ts'
import { triggerDecider } from '#domain/alerts/trigger-decider.ts'
import type { TriggerState } from '#domain/alerts/trigger-state.ts'
import { checkEventData } from '#domain/catalogue.ts'
import type { Decided } from '#domain/shared/decider.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import { sha256 } from '#domain/shared/hash.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import { sanPedroMartir as site } from '#domain/shared/site.ts'
import { addSeconds, type Instant } from '#domain/shared/time.ts'
import { folderSource, noticeBytes, noticeNamed } from './notices.ts'

type AlertRecord = Recorded & Parameters<typeof alertManager.evolve>[1]

/** Plays notices through the rules alone, in the order given, and keeps what the log would have. */
export class AlertPlay {
  readonly events: Recorded[] = []
  #known = alertManager.initial
  readonly #triggers = new Map<string, TriggerState>()
  #at: Instant

  readonly #from: number

  /** Behind `from` other events of a log. */
  constructor(at: Instant, from = 0) {
    this.#at = at
    this.#from = from
    for (const strategy of defaultStrategies)
      this.#record(strategyStream(strategy.name), {
        type: 'StrategyAdopted',
        data: { strategy, strategyVersion: 1 },
      })
  }

  get at(): Instant {
    return this.#at
  }

  wait(seconds: number): void {
    this.#at = addSeconds(this.#at, seconds)
  }

  send(file: string): void {
    const raw = noticeBytes(file)
    const name = noticeNamed(file).name
    this.receive(raw, file, name)
  }

  /** A notice that was taken in; what cannot be read is set aside. */
  receive(raw: Uint8Array, file: string, name: string): void {
    const hash = sha256(raw).toString('hex')
    const source = folderSource(file)
    const reading = readNotice(raw, source)
    const payload = { kept: 'text', text: new TextDecoder().decode(raw) }
    const receipt = { name, sha256: hash, bytes: raw.length, payload, source, receivedAt: this.#at }
    const stream = noticeStream(name)
    if (reading.outcome === 'quarantined') {
      const { format, reason, detail } = reading
      this.#record(stream, { type: 'NoticeReceived', data: { ...receipt, format } })
      this.#record(stream, { type: 'NoticeQuarantined', data: { name, reason, detail } })
      return
    }
    const { notice } = reading
    this.#record(stream, { type: 'NoticeReceived', data: { ...receipt, format: notice.format } })
    const contentHash = contentHashOf(notice)
    this.#record(stream, { type: 'NoticeRead', data: { notice, contentHash, receivedAt: this.#at } })
  }

  /** Another content under the name of a notice that is there. */
  conflict(file: string): void {
    const first = noticeNamed(file)
    const other = { ...first, falseAlarmHints: ['Def_NOT_a_GRB'] }
    const raw = noticeBytes(file)
    const receipt = {
      name: first.name,
      sha256: sha256(raw, 'other').toString('hex'),
      bytes: raw.length,
      payload: { kept: 'apart' },
      source: { kind: 'vtp', broker: '127.0.0.1:8099' },
      receivedAt: this.#at,
    }
    this.#record(noticeStream(first.name), {
      type: 'NoticeConflicted',
      data: { ...receipt, contentHash: contentHashOf(other), differs: noticeDifferences(first, other) },
    })
  }

  trigger(mission: string, triggerId: string): TriggerState {
    return this.#triggers.get(triggerStream(mission, triggerId)) ?? triggerDecider.initial
  }

  decide(command: TriggerCommand): void {
    const stream = triggerStream(command.mission, command.triggerId)
    const before = this.trigger(command.mission, command.triggerId)
    const decided = triggerDecider.decide(command, before)
    const evolve = (state: TriggerState, event: TriggerEvent) => triggerDecider.evolve(state, event, this.#at)
    this.#triggers.set(stream, decided.reduce(evolve, before))
    const drill = command.type === 'TakeNotice' && command.simulated
    for (const event of decided)
      this.#record(stream, drill ? { ...event, metadata: { simulated: true } } : event)
  }

  #dispatch(command: AlertCommand): void {
    switch (command.type) {
      case 'TakeNotice':
        this.decide({ ...command, at: this.#at, site, realDevices: [] })
        break
      case 'NoteCoincidence':
      case 'GiveUpRequest':
        this.decide({ ...command, at: this.#at })
        break
      case 'SubmitAlertRequest':
        this.#request(command.content.requestId, 'RequestSubmitted', command.content)
        break
      case 'ReviseAlertRequest': {
        const data = { ...command.content, raw: null, submitted: true, droppedSequenceIds: [] }
        this.#request(command.content.requestId, 'RequestRevised', data)
        break
      }
      case 'WithdrawAlertRequest': {
        const { requestId, sequenceIds, why } = command
        this.#request(requestId, 'RequestWithdrawn', { requestId, sequenceIds: [...sequenceIds], why })
      }
    }
  }

  /** Something else that happened, of whatever area. */
  happen(stream: string, type: string, data: unknown): void {
    this.#record(stream, { type, data })
  }

  #request(requestId: string, type: string, data: unknown): void {
    this.#record(`request-${requestId}`, { type, data })
  }

  #record(stream: string, { type, data, metadata }: Decided<DomainEvent>): void {
    const checked = checkEventData(type, data)
    const place = BigInt(this.#from + this.events.length + 1) * 100n
    const id = uuidFrom(`sample alert ${place}`, noctuaryNamespace)
    const event: Recorded = {
      id,
      type,
      data: JSON.parse(JSON.stringify(checked.data)),
      stream,
      revision: BigInt(this.events.filter((before) => before.stream === stream).length),
      position: { commit: place, prepare: place },
      metadata: {
        schemaVersion: checked.schemaVersion,
        occurredAt: this.#at,
        correlationId: id,
        causationId: id,
        actor: { kind: 'agent', id: 'alertManager' },
        site: site.id,
        night: nightOf(this.#at, site.timeZone),
        ...metadata,
      },
    }
    this.events.push(event)
    this.#hear(event)
  }

  #hear(event: Recorded): void {
    if (!isHeard(event)) return
    this.#known = alertManager.evolve(this.#known, event)
    for (const effect of alertManager.react(this.#known, event))
      if (effect.kind === 'dispatch') this.#dispatch(effect.command)
  }
}

const heard: ReadonlySet<string> = new Set(alertManager.handles)
const isHeard = (event: Recorded): event is AlertRecord => heard.has(event.type)

const requestId = 'alert-swift-1300001'
const sequenceId = `${requestId}.1`
const about = { sequenceId, requestId, attempt: 1 }

/** The request has its place in the night, and is observed. */
const observe = (play: AlertPlay): void => {
  const [startsAt, endsAt] = [addSeconds(play.at, 30), addSeconds(play.at, 700)]
  play.happen('schedule-osm-2026-11-20', 'SchedulePublished', {
    scheduleVersion: 1,
    asks: [{ why: 'alert', eventId: uuidFrom('ask', noctuaryNamespace) }],
    plannerVersion: 'planner-1',
    inputsHash: 'a'.repeat(64),
    basedOn: { commit: '1', prepare: '1' },
    from: play.at,
    until: addSeconds(play.at, 30_000),
    objective: 1,
    bound: 1,
    placed: [
      {
        sequenceId,
        requestId,
        name: 'swift-1300001',
        kind: 'alert',
        setupAt: play.at,
        startsAt,
        endsAt,
        priority: 1,
        value: 1,
        quality: 1,
        raDeg: 50.1,
        decDeg: 30.2,
        altitudeDeg: 60,
        airmass: 1.2,
        moonSeparationDeg: 80,
        slackBeforeS: 0,
        slackAfterS: 0,
        chargeS: 700,
      },
    ],
    unplaced: [],
    preempted: [],
  })
  const expected = { scheduleVersion: 1, endsExpectedAt: endsAt, imagesExpected: 40 }
  play.happen(`observation-${sequenceId}-1`, 'ObservationStarted', { ...about, ...expected })
}

const finish = (play: AlertPlay): void =>
  play.happen(`observation-${sequenceId}-1`, 'ObservationFinished', {
    ...about,
    imagesTaken: 40,
    imagesExpected: 40,
    openShutterS: 600,
  })

/** An evening with every kind of event there is about alerts. */
export const sampleAlerts = (from = 0): Recorded[] => {
  const play = new AlertPlay('2026-11-21T04:00:35.000Z', from)
  for (const file of ['swift-bat.xml', 'swift-slew.xml', 'fermi-gbm-alert.xml', 'ep-wxt.json'])
    play.send(file)
  observe(play)
  play.wait(100)
  for (const file of ['swift-xrt.xml', 'fermi-gbm-flight.xml', 'swift-test.xml', 'unlisted-author.xml'])
    play.send(file)
  play.receive(new TextEncoder().encode('<VOEvent'), 'broken.xml', 'sha256:broken')
  play.conflict('swift-bat.xml')
  play.wait(1600)
  finish(play)
  play.send('swift-not-a-burst.xml')
  for (const file of ['lvk-retraction.xml', 'lvk-preliminary.xml', 'lvk-update-after.xml']) play.send(file)
  play.decide({
    type: 'CancelAlert',
    mission: 'ep',
    triggerId: '01709400001',
    at: play.at,
    why: 'clouds in that direction',
  })
  const stranger = { ...noticeNamed('swift-xrt.xml'), name: 'ivo://a.b/c#1', authority: 'a.b/c' }
  play.decide({
    type: 'TakeNotice',
    mission: 'swift',
    triggerId: '1300001',
    at: play.at,
    notice: stranger,
    noticeEventId: uuidFrom('stranger', noctuaryNamespace),
    receivedAt: play.at,
    simulated: false,
    strategies: [],
    madeThisNight: {},
    running: false,
    realDevices: [],
    site,
  })
  return play.events
}
