import type { Decided } from '#domain/shared/decider.ts'
import { requestFor } from './ask.ts'
import type { TriggerEvent } from './events.ts'
import { type Adopted, type Judgement, judge } from './judge.ts'
import type { Place } from './notice.ts'
import { separationDeg } from './sky.ts'
import type { Strategy } from './strategy.ts'
import { triggerKey } from './streams.ts'
import type { TakeNotice } from './trigger-commands.ts'
import type { Asked, TriggerState } from './trigger-state.ts'
import { withdrawal } from './withdrawal.ts'

const aboutOf = ({ mission, triggerId }: TakeNotice) => ({
  mission,
  triggerId,
  trigger: triggerKey(mission, triggerId),
})

const isDrill = ({ simulated }: TakeNotice, { effective }: TriggerState): boolean =>
  simulated || effective.testSigns.length > 0

/** Whether a place is so much better than the one asked for that the telescope should be sent there instead. */
const isWorth = ({ worthRevising }: Strategy['policy'], before: Place | null, after: Place): boolean => {
  const was = before?.error?.r90Deg
  const is = after.error?.r90Deg
  if (!before || was === undefined || is === undefined) return true
  return separationDeg(before, after) > worthRevising * was || is < worthRevising * was
}

const judgedEvent = (
  command: TakeNotice,
  { revision }: TriggerState,
  { outcome, reason, decidedBy, verdicts }: Judgement,
): Decided<TriggerEvent> => ({
  type: 'TriggerJudged',
  data: {
    ...aboutOf(command),
    revision,
    outcome,
    reason,
    strategy: decidedBy?.strategy.name ?? null,
    strategyVersion: decidedBy?.strategyVersion ?? null,
    verdicts: [...verdicts],
  },
})

type Asking = {
  readonly command: TakeNotice
  readonly state: TriggerState
  readonly by: Adopted
  readonly place: Place
}

const contentOf = ({ command, state, by, place }: Asking, requestId: string) =>
  requestFor({
    strategy: by.strategy,
    place,
    skymap: state.effective.skymap,
    trigger: aboutOf(command).trigger,
    requestId,
    at: command.at,
    simulated: isDrill(command, state),
  })

const madeOf = ({ command, state, by }: Asking, requestId: string) => ({
  ...aboutOf(command),
  requestId,
  strategy: by.strategy.name,
  strategyVersion: by.strategyVersion,
  revision: state.revision,
})

const simulatedMetadata = ({ command, state }: Asking) =>
  isDrill(command, state) ? { metadata: { simulated: true as const } } : {}

const make = (asking: Asking): Decided<TriggerEvent>[] => {
  const { trigger } = aboutOf(asking.command)
  const nth = asking.state.requestsMade + 1
  const requestId = nth === 1 ? `alert-${trigger}` : `alert-${trigger}-${nth}`
  const data = { ...madeOf(asking, requestId), content: contentOf(asking, requestId) }
  return [{ type: 'AlertRequestMade', data, ...simulatedMetadata(asking) }]
}

const revise = (asking: Asking, asked: Asked): Decided<TriggerEvent>[] => {
  const { command, by, place } = asking
  const { policy } = by.strategy
  if (!isWorth(policy, asked.place, place)) return []
  if (command.running && policy.refinedWhileRunning === 'leave') return []
  const content = contentOf(asking, asked.requestId)
  const movedDeg = asked.place ? separationDeg(asked.place, place) : 0
  const why = `${command.notice.noticeType.name} places it ${movedDeg.toFixed(3)}° away, 90 % within ${place.error?.r90Deg.toFixed(4) ?? '?'}°`
  const data = { ...madeOf(asking, asked.requestId), content, why }
  return [{ type: 'AlertRequestRevised', data, ...simulatedMetadata(asking) }]
}

const ask = (command: TakeNotice, state: TriggerState, { outcome, decidedBy: by }: Judgement) => {
  const { place } = state.effective
  if (outcome !== 'observe' || !by || !place || state.cancelled) return []
  const asking = { command, state, by, place }
  return state.asked?.open ? revise(asking, state.asked) : make(asking)
}

const stopsRunning = ({ strategies }: TakeNotice, { asked }: TriggerState): boolean =>
  strategies.find(({ strategy }) => strategy.name === asked?.strategy)?.strategy.policy
    .retractedWhileRunning !== 'finish'

/** A request of the real thing, and now the notices say that it was a test. */
const becameTest = ({ asked, effective }: TriggerState): boolean =>
  effective.testSigns.length > 0 && asked?.content.source === 'alert'

/** What follows from a notice that a trigger has taken: nothing, a judgement, a request, or the end of one. */
export const follow = (
  command: TakeNotice,
  state: TriggerState,
  taken: Decided<TriggerEvent>,
): Decided<TriggerEvent>[] => {
  if (taken.type === 'TriggerNoticeAdded') return []
  if (taken.type === 'TriggerRetracted') {
    const why = `${command.notice.authority} retracted it`
    return withdrawal(aboutOf(command), state, {
      because: 'retracted',
      why,
      stopRunning: stopsRunning(command, state),
    })
  }
  const { mission, at, site, simulated, realDevices, strategies, madeThisNight, notice } = command
  const { effective } = state
  const { kind } = notice
  const input = { mission, effective, kind, at, site, simulated, realDevices, strategies, madeThisNight }
  const judgement = judge(input)
  const judged = judgedEvent(command, state, judgement)
  if (becameTest(state)) {
    const reason = { because: 'superseded', why: 'it turned out to be a test', stopRunning: true } as const
    return [judged, ...withdrawal(aboutOf(command), state, reason)]
  }
  return [judged, ...ask(command, state, judgement)]
}
