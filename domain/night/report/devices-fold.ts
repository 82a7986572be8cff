import type { DeviceEvent, DeviceName } from '#domain/devices/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { type Instant, secondsBetween } from '#domain/shared/time.ts'
import type { DevicesAccount } from './devices-schema.ts'

type Commands = DevicesAccount['commands'][number]
type Count = Exclude<keyof Commands, 'device'>
type Problem = DevicesAccount['problems'][number]
type Link = DevicesAccount['links'][number]
type Alarm = DevicesAccount['alarms'][number]
type Of<Type extends DeviceEvent['type']> = Recorded<Extract<DeviceEvent, { type: Type }>>
type Unended = Of<'DeviceCommandRefused' | 'DeviceCommandFailed' | 'DeviceCommandTimedOut'>

const most = { problems: 100, byHand: 100, links: 100, alarms: 50, steps: 20 }

const problemOf = (event: Unended): Problem => {
  const { device, name } = event.data
  const about = { at: event.metadata.occurredAt, device, name, eventId: event.id }
  switch (event.type) {
    case 'DeviceCommandRefused':
      return { ...about, outcome: 'refused', code: event.data.code, why: event.data.why }
    case 'DeviceCommandFailed':
      return { ...about, outcome: 'failed', code: event.data.code, why: event.data.why }
    case 'DeviceCommandTimedOut':
      return {
        ...about,
        outcome: 'timed-out',
        code: null,
        why: `no end after ${Math.round(event.data.afterS)} s`,
      }
  }
}

/** What devices were asked for, what they did not do, and when they were out of reach. */
export class DevicesFold {
  readonly #commands = new Map<DeviceName, Commands>()
  readonly #problems: Problem[] = []
  #problemsOmitted = 0
  readonly #byHand: DevicesAccount['byHand'] = []
  #byHandOmitted = 0
  readonly #links: Link[] = []
  readonly #down = new Map<DeviceName, Link>()
  #linksOmitted = 0
  readonly #alarms = new Map<string, Alarm>()
  #alarmsOmitted = 0

  add(event: Recorded<DeviceEvent>): void {
    switch (event.type) {
      case 'DeviceCommandRequested':
        this.#count(event.data.device, 'requested')
        if (event.metadata.actor.kind === 'user') this.#orderedBy(event)
        break
      case 'DeviceCommandCompleted':
        this.#count(event.data.device, 'completed')
        break
      case 'DeviceCommandRefused':
        this.#problem(event, 'refused')
        break
      case 'DeviceCommandFailed':
        this.#problem(event, 'failed')
        break
      case 'DeviceCommandTimedOut':
        this.#problem(event, 'timedOut')
        break
      case 'DeviceLinkLost':
        this.#lost(event)
        break
      case 'DeviceLinkRestored':
        this.#restored(event)
        break
      case 'DeviceAlarmRaised':
        this.#alarm(event)
        break
      case 'DeviceCommandAgreed':
      case 'DeviceStatusRecorded':
        break
    }
  }

  #count(device: DeviceName, what: Count): void {
    const none = { device, requested: 0, completed: 0, failed: 0, timedOut: 0, refused: 0 }
    const commands = this.#commands.get(device) ?? none
    commands[what] += 1
    this.#commands.set(device, commands)
  }

  #orderedBy({ id: eventId, data: { device, name }, metadata }: Of<'DeviceCommandRequested'>): void {
    const { occurredAt: at, actor } = metadata
    if (this.#byHand.length < most.byHand) this.#byHand.push({ at, device, name, by: actor.id, eventId })
    else this.#byHandOmitted += 1
  }

  #problem(event: Unended, what: Count): void {
    this.#count(event.data.device, what)
    if (this.#problems.length < most.problems) this.#problems.push(problemOf(event))
    else this.#problemsOmitted += 1
  }

  #lost({ data: { device, detail }, metadata: { occurredAt } }: Of<'DeviceLinkLost'>): void {
    if (this.#down.has(device)) return
    const link: Link = { device, from: occurredAt, to: null, downS: 0, detail }
    this.#down.set(device, link)
    this.#list(link)
  }

  #restored({ data: { device, downS }, metadata: { occurredAt } }: Of<'DeviceLinkRestored'>): void {
    const link = this.#down.get(device)
    this.#down.delete(device)
    if (link) Object.assign(link, { to: occurredAt, downS })
    else this.#list({ device, from: null, to: occurredAt, downS, detail: null })
  }

  #list(link: Link): void {
    if (this.#links.length < most.links) this.#links.push(link)
    else this.#linksOmitted += 1
  }

  #alarm({
    id,
    data: { device, code, text, step },
    metadata: { occurredAt: at },
  }: Of<'DeviceAlarmRaised'>): void {
    const key = `${device}/${code}`
    const known = this.#alarms.get(key)
    if (!known && this.#alarms.size >= most.alarms) {
      this.#alarmsOmitted += 1
      return
    }
    const alarm: Alarm = known ?? { device, code, text, steps: [], raised: 0, eventId: id }
    this.#alarms.set(key, alarm)
    if (alarm.steps.length < most.steps) alarm.steps.push({ at, step })
    Object.assign(alarm, { text, raised: alarm.raised + 1, eventId: id })
  }

  account(asOf: Instant): DevicesAccount {
    return {
      commands: [...this.#commands.values()].sort((a, b) => (a.device < b.device ? -1 : 1)),
      problems: this.#problems,
      problemsOmitted: this.#problemsOmitted,
      byHand: this.#byHand,
      byHandOmitted: this.#byHandOmitted,
      links: this.#links.map((link) =>
        link.to === null && link.from !== null
          ? { ...link, downS: Math.max(0, secondsBetween(link.from, asOf)) }
          : link,
      ),
      linksOmitted: this.#linksOmitted,
      alarms: [...this.#alarms.values()],
      alarmsOmitted: this.#alarmsOmitted,
    }
  }
}
