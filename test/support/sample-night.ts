import type { EnvironmentCommand } from '#domain/environment/commands.ts'
import { safetyRules } from '#domain/environment/limits.ts'
import type { Recorded } from '#domain/shared/event.ts'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { nightOf } from '#domain/shared/night.ts'
import { addSeconds } from '#domain/shared/time.ts'
import { pyrosReply, withValue } from './pyros.ts'
import { recordedBy } from './recorded-by.ts'

type SampleOptions = {
  readonly polls: number
  /** From poll to poll. */
  readonly everyS?: number
  readonly startsAt?: string
}

/** Numbers from 0 to 1 that look random and are the same in every run (a linear congruential generator). */
const dice = (seed: number) => {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** What the PLC does at a poll: mostly it answers, with weather that changes; now and then it fails. */
const commandAt = (poll: number, roll: () => number) => {
  const kind = roll()
  const outage = poll % 40 >= 34
  if (outage) return { type: 'RecordPlcUnreachable', phase: 'connect', detail: 'nobody listens' } as const
  if (kind < 0.04)
    return {
      type: 'RecordPlcReplyRejected',
      reason: 'INVALID_JSON',
      detail: 'cut short',
      raw: '{',
      rawBytes: 1,
    } as const
  const storm = poll % 60 > 45
  const values: [string, string, number][] = [
    ['WXT520', 'RainRate', storm ? 2 + roll() * 5 : 0],
    ['WXT520', 'WindSpeed', roll() * (storm ? 25 : 8)],
    ['WXT520', 'WindDir', roll() * 360],
    ['WXT520', 'OutsideTemp', 5 + roll() * 10],
    ['WXT520', 'OutsideHumidity', 30 + roll() * 40],
  ]
  const reply = values.reduce((before, value) => withValue(before, ...value), pyrosReply())
  return { type: 'RecordPlcReply', reply, validPolicy: 'strict' } as const
}

/** A night's events as the decider decides them from varied replies of the PLC, as the log would give them back. */
export const sampleNight = ({
  polls,
  everyS = 2,
  startsAt = '2026-11-21T04:00:00.000Z',
}: SampleOptions): Recorded[] => {
  const roll = dice(20_261_121)
  const rules = safetyRules()
  const commands = Array.from({ length: polls }, (_, poll): EnvironmentCommand => {
    const at = addSeconds(startsAt, poll * everyS)
    return {
      ...commandAt(poll, roll),
      commandId: uuidFrom(`sample/${at}`, noctuaryNamespace),
      at,
      night: nightOf(at, 'America/Tijuana'),
      rules,
      address: '127.0.0.1:5003',
    }
  })
  return recordedBy(commands)
}
