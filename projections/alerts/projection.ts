import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { conflicted, quarantined, read, received } from './notice-changes.ts'
import { candidate, ended, scheduled, started, submitted } from './request-changes.ts'
import { alertTables } from './tables.ts'
import { asked, cancelled, judged, noted, taken, withdrawn } from './trigger-changes.ts'

const { put } = changesOf(alertTables)

/** Every alert with what became of it: notices, revisions, verdicts, request, observations, and when each step was. */
export const alerts = defineProjection({
  name: 'alerts',
  version: 2,
  tables: alertTables,
  handles: {
    NoticeReceived: received,
    NoticeRead: read,
    NoticeQuarantined: quarantined,
    NoticeConflicted: conflicted,
    TriggerOpened: taken,
    TriggerRefined: taken,
    TriggerNoticeAdded: taken,
    TriggerRetracted: taken,
    TriggerUnretracted: taken,
    TriggerNoticeRefused: noted,
    TriggersCoincided: noted,
    TriggerJudged: judged,
    AlertRequestMade: asked,
    AlertRequestRevised: asked,
    AlertRequestWithdrawn: withdrawn,
    AlertCancelled: cancelled,
    RequestSubmitted: submitted,
    SchedulePublished: scheduled,
    ObservationStarted: started,
    ObservationFinished: ended,
    ObservationAborted: ended,
    TransientCandidateFound: candidate,
    StrategyAdopted: ({ data, metadata: { occurredAt, actor } }) => [
      put('alert_strategy', {
        name: data.strategy.name,
        strategy_version: data.strategyVersion,
        strategy: data.strategy,
        adopted_at: occurredAt,
        adopted_by: `${actor.kind}:${actor.id}`,
      }),
    ],
  },
})
