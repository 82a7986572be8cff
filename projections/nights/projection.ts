import { changesOf, defineProjection } from '#projections/engine/definition.ts'
import { nightsTables } from './tables.ts'

const { put, merge, add } = changesOf(nightsTables)

/** What phase, mode and state each night is in, and came to. */
export const nights = defineProjection({
  name: 'nights',
  version: 1,
  tables: nightsTables,
  handles: {
    NightOpened: ({ data: { phasesAt, mode }, metadata: { site, night, occurredAt } }) => [
      put('night', {
        site,
        night,
        opened_at: occurredAt,
        phases_at: phasesAt,
        phase: null,
        phase_since: null,
        mode,
        mode_since: occurredAt,
        mode_why: null,
        suspended_why: null,
        suspended_detail: null,
        suspended_since: null,
        suspended_event: null,
        suspensions: 0,
        closed_at: null,
        open_s: null,
        summary: null,
      }),
    ],
    NightPhaseEntered: ({ data: { phase }, metadata: { site, night, occurredAt } }) => [
      merge('night', { site, night, phase, phase_since: occurredAt }),
    ],
    ObservingSuspended: ({ id, data: { why, detail }, metadata: { site, night, occurredAt } }) => [
      merge('night', {
        site,
        night,
        suspended_why: why,
        suspended_detail: detail,
        suspended_since: occurredAt,
        suspended_event: id,
      }),
      add('night', { site, night, suspensions: 1 }),
    ],
    ObservingResumed: ({ metadata: { site, night } }) => [
      merge('night', {
        site,
        night,
        suspended_why: null,
        suspended_detail: null,
        suspended_since: null,
        suspended_event: null,
      }),
    ],
    ControlModeChanged: ({ data: { mode, why }, metadata: { site, night, occurredAt } }) => [
      merge('night', { site, night, mode, mode_since: occurredAt, mode_why: why }),
    ],
    NightClosed: ({ data: { openS, summary }, metadata: { site, night, occurredAt } }) => [
      merge('night', { site, night, closed_at: occurredAt, open_s: openS, summary }),
    ],
    DeviceStatusRecorded: ({ data: { device, status }, metadata: { site, occurredAt } }) =>
      device === 'dome'
        ? [
            put('roof', {
              site,
              shutter: String(status['shutter'] ?? 'unknown'),
              open_switch: status['openSwitch'] === true,
              closed_switch: status['closedSwitch'] === true,
              since: occurredAt,
            }),
          ]
        : [],
  },
})
