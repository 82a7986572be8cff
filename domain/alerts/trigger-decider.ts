import { canonicalJson } from '#domain/shared/canonical-json.ts'
import type { Decided, Decider } from '#domain/shared/decider.ts'
import { type Effective, effectiveOf } from './effective.ts'
import type { TriggerEvent } from './events.ts'
import { isListed } from './missions/mission.ts'
import { missionNamed } from './missions/missions.ts'
import { follow } from './reaction.ts'
import { triggerKey } from './streams.ts'
import type {
  CancelAlert,
  GiveUpRequest,
  NoteCoincidence,
  TakeNotice,
  TriggerCommand,
} from './trigger-commands.ts'
import { evolveTrigger, noTrigger, type TriggerState } from './trigger-state.ts'
import { withdrawal } from './withdrawal.ts'

// A mission sends a few dozen notices of a trigger. What goes on for ever is a fault or an attack; it stays on record
// as NoticeRead.
const mostNotices = 200

/** Whoever else speaks of a trigger has no say in it. */
const maySpeak = ({ notices }: TriggerState, authority: string, mission: string): boolean =>
  notices.length === 0 ||
  notices.some((notice) => notice.authority.toLowerCase() === authority.toLowerCase()) ||
  isListed(authority, missionNamed(mission)?.authorities ?? [])

const beside: ReadonlySet<keyof Effective> = new Set(['newestNotice', 'placeNotice', 'placeRank'])

const changesBetween = (before: Effective, after: Effective): string[] =>
  Object.entries(after)
    .filter(([key]) => ![...beside].some((name) => name === key))
    .filter(
      ([key, value]) =>
        canonicalJson(value) !== canonicalJson(Object.entries(before).find(([k]) => k === key)?.[1]),
    )
    .map(([key]) => key)

const whyNothing = ({ notice }: TakeNotice, effective: Effective): string => {
  if (notice.kind === 'accompanying') return 'it only accompanies the trigger'
  if (notice.kind === 'retraction') return 'it is retracted already, or stands again since'
  if (notice.place && !notice.place.error) return 'it says nothing of its error'
  return `${effective.placeNotice ?? 'what came before'} knows better`
}

const takenEvent = (command: TakeNotice, state: TriggerState): Decided<TriggerEvent> => {
  const { mission, triggerId, notice, noticeEventId, receivedAt } = command
  const effective = effectiveOf([...state.notices, notice])
  const revision = state.revision + 1
  const trigger = triggerKey(mission, triggerId)
  const data = { mission, triggerId, trigger, notice, noticeEventId, receivedAt, revision, effective }
  const [was, is] = [state.effective.state, effective.state]
  if (was === 'active' && is === 'retracted') return { type: 'TriggerRetracted', data }
  if (state.notices.length === 0) return { type: 'TriggerOpened', data }
  if (was === 'retracted' && is === 'active') return { type: 'TriggerUnretracted', data }
  const changed = changesBetween(state.effective, effective)
  if (changed.length > 0) return { type: 'TriggerRefined', data: { ...data, changed } }
  return { type: 'TriggerNoticeAdded', data: { ...data, why: whyNothing(command, effective) } }
}

const take = (command: TakeNotice, state: TriggerState): Decided<TriggerEvent>[] => {
  const { mission, triggerId, notice, noticeEventId } = command
  if (state.notices.some(({ name }) => name === notice.name)) return []
  if (!maySpeak(state, notice.authority, mission)) {
    const why = 'somebody else opened this trigger, and this author is not listed for the mission'
    const about = { mission, triggerId, trigger: triggerKey(mission, triggerId) }
    const data = { ...about, noticeName: notice.name, noticeEventId, authority: notice.authority, why }
    return [{ type: 'TriggerNoticeRefused', data }]
  }
  const full = state.notices.length >= mostNotices
  if (full && (notice.kind !== 'retraction' || state.effective.state === 'retracted')) return []
  const taken = takenEvent(command, state)
  return [taken, ...follow(command, evolveTrigger(state, taken), taken)]
}

const cancel = ({ mission, triggerId, why }: CancelAlert, state: TriggerState): Decided<TriggerEvent>[] => {
  if (state.cancelled || state.notices.length === 0) return []
  const about = { mission, triggerId, trigger: triggerKey(mission, triggerId) }
  const requestId = state.asked?.open ? state.asked.requestId : null
  return [
    { type: 'AlertCancelled', data: { ...about, requestId, why } },
    ...withdrawal(about, state, { because: 'cancelled', why, stopRunning: true }),
  ]
}

const giveUp = ({ mission, triggerId, requestId, why }: GiveUpRequest, state: TriggerState) =>
  state.asked?.requestId === requestId
    ? withdrawal({ mission, triggerId, trigger: triggerKey(mission, triggerId) }, state, {
        because: 'rate',
        why,
        stopRunning: true,
      })
    : []

const coincide = (
  { mission, triggerId, other, separationDeg, withinDeg, apartS }: NoteCoincidence,
  state: TriggerState,
): Decided<TriggerEvent>[] => {
  if (state.coincidences.has(other.trigger)) return []
  const about = { mission, triggerId, trigger: triggerKey(mission, triggerId) }
  return [{ type: 'TriggersCoincided', data: { ...about, other, separationDeg, withinDeg, apartS } }]
}

/** One trigger: what its notices together say, whether to act on it, and what it has asked for. */
export const triggerDecider: Decider<TriggerState, TriggerCommand, TriggerEvent> = {
  initial: noTrigger,
  evolve: evolveTrigger,
  decide: (command, state) => {
    switch (command.type) {
      case 'TakeNotice':
        return take(command, state)
      case 'CancelAlert':
        return cancel(command, state)
      case 'GiveUpRequest':
        return giveUp(command, state)
      case 'NoteCoincidence':
        return coincide(command, state)
    }
  },
}
