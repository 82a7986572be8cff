import { checkEventData } from '#domain/catalogue.ts'
import { type Desk, emptyDesk } from '#domain/planning/desk/desk.ts'
import { explanationPages } from '#domain/planning/desk/explanation-pages.ts'
import { foldDesk } from '#domain/planning/desk/fold.ts'
import { makePlan } from '#domain/planning/desk/make-plan.ts'
import { planInputFor, plannerSettings } from '#domain/planning/desk/plan-input.ts'
import { publicationOf } from '#domain/planning/desk/publication.ts'
import { scheduleStream } from '#domain/planning/streams.ts'
import type { DomainEvent, Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import { sanPedroMartir } from '#domain/shared/site.ts'

type Happening = DomainEvent & { readonly stream: string; readonly at: string }

const settings = plannerSettings(sanPedroMartir)

/** A log in memory with a planner that answers when it is told to, as the one in the log's company does. */
export class RecordedPlanning {
  readonly events: Recorded[] = []
  readonly #first: bigint
  #desk: Desk = emptyDesk

  /** `first` is where in the whole log it begins. */
  constructor(first = 1n) {
    this.#first = first
  }

  get desk(): Desk {
    return this.#desk
  }

  happens({ type, data, stream, at }: Happening): Recorded {
    const place = (this.#first + BigInt(this.events.length)) * 100n
    const checked = checkEventData(type, data)
    const id = uuidFrom(`recorded-planning/${place}`, noctuaryNamespace)
    const event: Recorded = {
      id,
      type,
      data: JSON.parse(JSON.stringify(checked.data)),
      stream,
      revision: BigInt(this.events.filter((other) => other.stream === stream).length),
      position: { commit: place, prepare: place },
      metadata: {
        schemaVersion: checked.schemaVersion,
        occurredAt: at,
        correlationId: id,
        causationId: id,
        actor: { kind: 'user', id: 'galileo' },
        site: 'osm',
        night: nightOf(at, settings.site.timeZone),
      },
    }
    this.events.push(event)
    this.#desk = foldDesk(this.#desk, [event], 'osm')
    return event
  }

  /** One plan for all that is asked by then, with its reasons. */
  plan(at: string): Recorded {
    const desk = this.#desk
    const night = nightOf(at, settings.site.timeZone)
    const previous = desk.standing?.night === night ? desk.standing.placed : []
    const keep = desk.asks.every((ask) => ask.keep)
    const { planned } = makePlan(planInputFor(desk, { night, at, keep, previous }, settings))
    const basedOn = this.events.at(-1)?.position ?? { commit: 0n, prepare: 0n }
    const data = publicationOf(desk, planned, { night, asks: desk.asks, method: 'whole', basedOn, at })
    const stream = scheduleStream('osm', night)
    const published = this.happens({ type: 'SchedulePublished', data, stream, at })
    for (const page of explanationPages(data.scheduleVersion, planned.unplaced))
      this.happens({ type: 'ScheduleExplained', data: page, stream, at })
    return published
  }
}
