import type { Decided, Decider } from '#domain/shared/decider.ts'
import { eventIdOf } from '#domain/shared/ids.ts'
import { secondsBetween } from '#domain/shared/time.ts'
import { assess } from './assessment.ts'
import type {
  EnvironmentCommand,
  RecordPlcReply,
  RecordPlcReplyRejected,
  RecordPlcUnreachable,
} from './commands.ts'
import { observedAtOf } from './device-clock.ts'
import type { EnvironmentEvent } from './events.ts'
import type { DeviceReading } from './readings.ts'
import { staleQuantities } from './staleness.ts'
import { type EnvironmentState, evolve, initialEnvironment, type Quantities, withStale } from './state.ts'
import { groundsOf, reasonsOf, verdictOn } from './verdict.ts'

type Events = Decided<EnvironmentEvent>[]

const restored = ({ at, address }: EnvironmentCommand, { linkLostAt }: EnvironmentState): Events =>
  linkLostAt === null
    ? []
    : [
        {
          type: 'PlcLinkRestored',
          data: { address, lostAt: linkLostAt, outageS: Math.max(0, secondsBetween(linkLostAt, at)) },
        },
      ]

// JSON has no NaN and no Infinity; the word says what came, and no rule takes it for a number.
const storable = (device: DeviceReading): DeviceReading =>
  device.values.every(({ value }) => typeof value !== 'number' || Number.isFinite(value))
    ? device
    : {
        ...device,
        values: device.values.map((sent) =>
          typeof sent.value === 'number' && !Number.isFinite(sent.value)
            ? { ...sent, value: `${sent.value}` }
            : sent,
        ),
      }

/** Nothing when the same quantities are in the same states as at the verdict before. */
const verdictGiven = (
  { at, rules }: EnvironmentCommand,
  state: EnvironmentState,
  quantities: Quantities,
  readingIds: readonly string[],
  causationId: string,
): Events => {
  const same = groundsOf(quantities, rules) === groundsOf(state.quantities, rules)
  if (state.verdict !== null && same) return []
  const verdict = verdictOn(quantities, state.verdict, rules, at)
  return [
    {
      type: 'SafetyVerdictGiven',
      data: {
        state: verdict.state,
        previous: state.verdict?.state ?? null,
        reasons: reasonsOf(quantities, rules, at),
        readingIds: [...readingIds],
        reopenExpectedAt: verdict.reopenExpectedAt,
      },
      metadata: { rulesVersion: rules.rulesVersion, causationId },
    },
  ]
}

const recordReply = (command: RecordPlcReply, state: EnvironmentState): Events => {
  const { commandId, reply, rules, host } = command
  const before = restored(command, state)
  const [weatherId = '', siteId = '', assessmentId = ''] = [0, 1, 2].map((index) =>
    eventIdOf(commandId, before.length + index),
  )
  const devices = [...reply.devices, ...(host ? [host] : [])].map(storable)
  const weather = devices.filter(({ type }) => type === 'meteo')
  const site = devices.filter(({ type }) => type !== 'meteo')
  const readingIds = [weatherId, siteId]
  const data = assess(command, state, { weather, site }, readingIds)
  const observedAt = observedAtOf(reply)
  const seen = observedAt === undefined ? {} : { metadata: { observedAt } }
  return [
    ...before,
    { type: 'WeatherReadingRecorded', data: { source: reply.source, devices: weather }, ...seen },
    { type: 'SiteReadingRecorded', data: { source: reply.source, devices: site }, ...seen },
    {
      type: 'EnvironmentAssessed',
      data,
      metadata: { rulesVersion: rules.rulesVersion, causationId: weatherId },
    },
    ...verdictGiven(command, state, data.quantities, readingIds, assessmentId),
  ]
}

/** What follows from a poll without a status: what was last known stands until it is too old. */
const withoutReply = (command: EnvironmentCommand, state: EnvironmentState, before: Events): Events => {
  const { commandId, at, rules } = command
  const stale = staleQuantities(state, rules, at)
  // What this poll found, or else the outage that is on; nothing is known of a cause when polls merely failed to come.
  const cause = before.length > 0 ? eventIdOf(commandId, before.length - 1) : state.linkLostId
  const wentStale: Events =
    stale.length === 0
      ? []
      : [
          {
            type: 'EnvironmentWentStale',
            data: { quantities: stale },
            metadata: { rulesVersion: rules.rulesVersion, ...(cause === null ? {} : { causationId: cause }) },
          },
        ]
  const events = [...before, ...wentStale]
  const causationId = events.length === 0 ? commandId : eventIdOf(commandId, events.length - 1)
  const quantities = withStale(state.quantities, stale, at)
  return [...events, ...verdictGiven(command, state, quantities, state.readingIds, causationId)]
}

const recordRejected = (command: RecordPlcReplyRejected, state: EnvironmentState): Events => {
  const { reason, detail, raw, rawBytes } = command
  return withoutReply(command, state, [
    ...restored(command, state),
    { type: 'PlcReplyRejected', data: { reason, detail, raw, rawBytes } },
  ])
}

const recordUnreachable = (command: RecordPlcUnreachable, state: EnvironmentState): Events => {
  const { address, phase, detail, commandId } = command
  const lost: Events =
    state.linkLostAt === null
      ? [{ type: 'PlcLinkLost', data: { address, phase, detail, pollId: commandId } }]
      : []
  return withoutReply(command, state, lost)
}

/** A night's environment: from what the PLC answers to whether the roof may be open. */
export const environment: Decider<EnvironmentState, EnvironmentCommand, EnvironmentEvent> = {
  initial: initialEnvironment,
  evolve,
  decide: (command, state) => {
    switch (command.type) {
      case 'RecordPlcReply':
        return recordReply(command, state)
      case 'RecordPlcReplyRejected':
        return recordRejected(command, state)
      case 'RecordPlcUnreachable':
        return recordUnreachable(command, state)
    }
  },
}
