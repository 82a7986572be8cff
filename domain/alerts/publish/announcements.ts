import type { TriggerEvent } from '#domain/alerts/events.ts'
import type { ObservingEvent } from '#domain/observing/events.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { VoEventPacket } from './voevent.ts'

/** What has to be followed to announce what we do about alerts. */
export const announcedTypes = [
  'TriggerOpened',
  'TriggerRefined',
  'TriggerNoticeAdded',
  'AlertRequestMade',
  'AlertRequestRevised',
  'AlertRequestWithdrawn',
  'ObservationFinished',
  'ObservationAborted',
] as const

export type FollowedEvent = Extract<
  TriggerEvent | ObservingEvent,
  { readonly type: (typeof announcedTypes)[number] }
>
const followed: ReadonlySet<string> = new Set(announcedTypes)
export const isFollowed = (event: Recorded): event is Recorded<FollowedEvent> => followed.has(event.type)

type Target = { readonly raDeg: number; readonly decDeg: number } | null
type AlertRequest = { readonly trigger: string; readonly targets: ReadonlyMap<string, Target> }

/** What announcements rest on: the ivorns of each trigger's notices, and the requests made of triggers. */
export type AnnouncementState = {
  readonly notices: ReadonlyMap<string, readonly string[]>
  readonly requests: ReadonlyMap<string, AlertRequest>
}

export const nothingAnnounced: AnnouncementState = { notices: new Map(), requests: new Map() }

type Publisher = { readonly ivorn: string; readonly author: string }
type Made = Extract<FollowedEvent, { type: 'AlertRequestMade' | 'AlertRequestRevised' }>['data']

const requestOf = ({ trigger, content }: Made): AlertRequest => ({
  trigger,
  targets: new Map(content.sequences.map(({ id, target }) => [id, target])),
})

/** The state with an event in it. */
export const withEvent = (
  { notices, requests }: AnnouncementState,
  { type, data }: FollowedEvent,
): AnnouncementState => {
  switch (type) {
    case 'TriggerOpened':
    case 'TriggerRefined':
    case 'TriggerNoticeAdded': {
      const known = notices.get(data.trigger) ?? []
      // Notices by JSON have no ivorn, so nothing of theirs can be cited.
      if (!data.notice.name.startsWith('ivo://') || known.includes(data.notice.name))
        return { notices, requests }
      return { requests, notices: new Map(notices).set(data.trigger, [...known, data.notice.name]) }
    }
    case 'AlertRequestMade':
    case 'AlertRequestRevised':
      return { notices, requests: new Map(requests).set(data.requestId, requestOf(data)) }
    case 'AlertRequestWithdrawn':
    case 'ObservationFinished':
    case 'ObservationAborted':
      return { notices, requests }
  }
}

const planned = ({ ivorn }: Publisher, requestId: string): string => `${ivorn}#${requestId}-planned`

/** What an event gives the world to know; null when it is not about an alert. The state has the event in it already. */
export const announcementOf = (
  { notices, requests }: AnnouncementState,
  event: Recorded<FollowedEvent>,
  publisher: Publisher,
): VoEventPacket | null => {
  if (!('requestId' in event.data)) return null
  const { requestId } = event.data
  const request = requests.get(requestId)
  if (!request) return null
  const base = {
    issuedAt: event.metadata.occurredAt,
    author: publisher.author,
    seen: null,
    citations: (notices.get(request.trigger) ?? []).map((ivorn) => ({ cite: 'followup' as const, ivorn })),
  }
  const about = [
    { name: 'Trigger', value: request.trigger },
    { name: 'Request', value: requestId },
  ]
  // What a simulator or a drill brought about must move nobody's telescope.
  const role = (real: VoEventPacket['role']) => (event.metadata.simulated ? 'test' : real)
  switch (event.type) {
    case 'AlertRequestMade':
      return {
        ...base,
        ivorn: planned(publisher, requestId),
        role: role('utility'),
        params: about,
        description: `Observations of ${request.trigger} are asked for.`,
      }
    case 'AlertRequestRevised':
      return {
        ...base,
        ivorn: `${planned(publisher, requestId)}-${event.data.revision}`,
        role: role('utility'),
        params: about,
        description: `Observations of ${request.trigger} are asked for elsewhere: ${event.data.why}`,
        citations: [...base.citations, { cite: 'supersedes', ivorn: planned(publisher, requestId) }],
      }
    case 'AlertRequestWithdrawn':
      return {
        ...base,
        ivorn: `${publisher.ivorn}#${requestId}-withdrawn`,
        role: role('utility'),
        params: [...about, { name: 'Because', value: event.data.because }],
        description: `Observations of ${request.trigger} are not wanted any more: ${event.data.why}`,
        citations: [{ cite: 'retraction', ivorn: planned(publisher, requestId) }],
      }
    case 'ObservationFinished':
    case 'ObservationAborted': {
      const { sequenceId, attempt, imagesTaken, openShutterS } = event.data
      if (imagesTaken === 0) return null
      const end = event.type === 'ObservationAborted' ? `, then it ended early (${event.data.why})` : ''
      const target = request.targets.get(sequenceId) ?? null
      return {
        ...base,
        ivorn: `${publisher.ivorn}#${sequenceId}-${attempt}-observed`,
        role: role('observation'),
        params: [
          ...about,
          { name: 'Sequence', value: sequenceId },
          { name: 'Images', value: `${imagesTaken}`, dataType: 'int' },
          { name: 'Open_Shutter', value: `${openShutterS}`, unit: 's', dataType: 'float' },
        ],
        seen: target && { at: event.metadata.occurredAt, raDeg: target.raDeg, decDeg: target.decDeg },
        description: `${imagesTaken} images of ${request.trigger} were taken${end}.`,
      }
    }
    case 'TriggerOpened':
    case 'TriggerRefined':
    case 'TriggerNoticeAdded':
      return null
  }
}
