import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { devicesTables } from './tables.ts'

const { insert, put, merge } = changesOf(devicesTables)

/** Devices as they were last seen, what they were told, what came of it, and the alarms. */
export const devices = defineProjection({
  name: 'devices',
  version: 1,
  tables: devicesTables,
  handles: {
    DeviceStatusRecorded: ({ data: { device, status, faults }, metadata: { site, occurredAt } }) => [
      put('device_status', { site, device, status, faults, updated: occurredAt }),
    ],
    DeviceLinkLost: ({ data: { device, address, detail }, metadata: { site, occurredAt } }) => [
      put('device_link', { site, device, state: 'lost', since: occurredAt, address, detail }),
    ],
    DeviceLinkRestored: ({ data: { device, address }, metadata: { site, occurredAt } }) => [
      put('device_link', { site, device, state: 'up', since: occurredAt, address, detail: null }),
    ],
    DeviceCommandRequested: ({ data, metadata: { site, night, actor, occurredAt } }) => [
      insert('device_command', {
        conversation_id: data.conversationId,
        site,
        night,
        device: data.device,
        name: data.name,
        parameters: data.parameters,
        actor_kind: actor.kind,
        actor_id: actor.id,
        state: 'requested',
        requested_at: occurredAt,
        deadline_at: data.deadlineAt,
        updated: occurredAt,
        code: null,
        why: null,
        margin: null,
        verdict_id: null,
        result: null,
      }),
    ],
    DeviceCommandAgreed: ({ data: { conversationId }, metadata: { occurredAt } }) => [
      merge('device_command', { conversation_id: conversationId, state: 'agreed', updated: occurredAt }),
    ],
    DeviceCommandRefused: ({ data, metadata: { occurredAt } }) => [
      merge('device_command', {
        conversation_id: data.conversationId,
        state: 'refused',
        updated: occurredAt,
        code: data.code,
        why: data.why,
        margin: data.margin ?? null,
        verdict_id: data.verdictId ?? null,
      }),
    ],
    DeviceCommandCompleted: ({ data: { conversationId, result }, metadata: { occurredAt } }) => [
      merge('device_command', {
        conversation_id: conversationId,
        state: 'completed',
        updated: occurredAt,
        result,
      }),
    ],
    DeviceCommandFailed: ({ data: { conversationId, code, why }, metadata: { occurredAt } }) => [
      merge('device_command', {
        conversation_id: conversationId,
        state: 'failed',
        updated: occurredAt,
        code,
        why,
      }),
    ],
    DeviceCommandTimedOut: ({ data: { conversationId, afterS }, metadata: { occurredAt } }) => [
      merge('device_command', {
        conversation_id: conversationId,
        state: 'timed-out',
        updated: occurredAt,
        code: 'timed_out',
        why: `not done after ${Math.round(afterS)} s`,
      }),
    ],
    DeviceAlarmRaised: ({ id, data, metadata: { site, night, occurredAt } }) => [
      insert('device_alarm', {
        event_id: id,
        site,
        night,
        device: data.device,
        code: data.code,
        text: data.text,
        step: data.step,
        raised_at: occurredAt,
        conversation_id: data.conversationId,
      }),
    ],
  },
})
