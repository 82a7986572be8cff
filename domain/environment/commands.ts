import type { Instant } from '#domain/shared/time.ts'
import type { EnvironmentAssessed, EnvironmentEvent } from './events.ts'
import type { SafetyRules } from './limits.ts'
import type { DeviceReading, PlcReply } from './readings.ts'

type Command = {
  readonly commandId: string
  readonly at: Instant
  readonly night: string
  readonly rules: SafetyRules
  /** `host:port` of the PLC. */
  readonly address: string
}

type DataOf<Type extends EnvironmentEvent['type']> = Extract<EnvironmentEvent, { type: Type }>['data']

/** The PLC answered a status. */
export type RecordPlcReply = Command & {
  readonly type: 'RecordPlcReply'
  readonly reply: PlcReply
  /** Which sensors the rows of weatherwatch and sitewatch show. The verdict is strict whatever this says. */
  readonly validPolicy: EnvironmentAssessed['data']['validPolicy']
  /** Our own machine, judged with the PLC's devices; see {@link hostDevice}. */
  readonly host?: DeviceReading
}

/** The PLC answered something else; the line works, the last good reading stands and grows old. */
export type RecordPlcReplyRejected = Command & {
  readonly type: 'RecordPlcReplyRejected'
} & DataOf<'PlcReplyRejected'>

/** The PLC did not answer. */
export type RecordPlcUnreachable = Command & {
  readonly type: 'RecordPlcUnreachable'
} & Omit<DataOf<'PlcLinkLost'>, 'address' | 'pollId'>

export type EnvironmentCommand = RecordPlcReply | RecordPlcReplyRejected | RecordPlcUnreachable

/** Our own machine as a device: its free disk space and whether the outside answers. What is not known is left out. */
export const hostDevice = (measured: { diskFreePercent?: number; linkAnswers?: boolean }): DeviceReading => ({
  name: 'HOST',
  type: 'host',
  serialNumber: '',
  valid: 'yes',
  values: [
    ...(measured.diskFreePercent === undefined
      ? []
      : [{ name: 'DiskFree', value: measured.diskFreePercent, unit: 'percent' }]),
    ...(measured.linkAnswers === undefined
      ? []
      : [{ name: 'Link', value: measured.linkAnswers, unit: 'bool' }]),
  ],
})
