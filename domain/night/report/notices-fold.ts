import type { AlertEvent, NoticeEvent } from '#domain/alerts/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { AlertsAccount } from './alerts-schema.ts'
import { Tally } from './tally.ts'

type Source = Extract<AlertEvent, { type: 'NoticeReceived' }>['data']['source']

const sourceName = (source: Source): string => {
  switch (source.kind) {
    case 'vtp':
      return `broker ${source.broker}`
    case 'kafka':
      return `kafka ${source.broker}`
    case 'vtp-author':
      return `author ${source.address}`
    case 'folder':
    case 'api':
      return source.kind
  }
}

/** How many notices came, from where and of which mission. */
export class NoticesFold {
  readonly #bySource = new Tally()
  readonly #byMission = new Tally()
  #quarantined = 0
  #conflicted = 0

  add(event: Recorded<NoticeEvent>): void {
    switch (event.type) {
      case 'NoticeReceived':
        this.#bySource.add(sourceName(event.data.source))
        break
      case 'NoticeRead':
        this.#byMission.add(event.data.notice.mission)
        break
      case 'NoticeQuarantined':
        this.#quarantined += 1
        break
      case 'NoticeConflicted':
        this.#conflicted += 1
        break
    }
  }

  get account(): AlertsAccount['notices'] {
    return {
      received: this.#bySource.sum,
      bySource: this.#bySource.counts,
      byMission: this.#byMission.counts,
      quarantined: this.#quarantined,
      conflicted: this.#conflicted,
    }
  }
}
