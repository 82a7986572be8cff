import { z } from 'zod'

/** How a device is, as it says itself. */
export type DeviceStatus = Readonly<Record<string, unknown>>

export type Progress =
  /** `restS`: it says itself that it needs so long yet. */
  | { readonly kind: 'going'; readonly restS?: number }
  | { readonly kind: 'done'; readonly result: Readonly<Record<string, unknown>> }
  | { readonly kind: 'failed'; readonly code: string; readonly why: string }

export const going: Extract<Progress, { kind: 'going' }> = { kind: 'going' }
export const done = (result: Readonly<Record<string, unknown>> = {}): Progress => ({ kind: 'done', result })
export const failed = (code: string, why: string): Progress => ({ kind: 'failed', code, why })

/**
 * What the gate weighs: `secures` makes the observatory safer and always passes; `opens` uncovers the telescope; `moves`
 * turns something that is meant for a safe night; `works` is harmless under a closed roof; `recovers` brings a device back
 that does not do as it is told, without which nothing could be secured.
 */
export type CommandClass = 'secures' | 'opens' | 'moves' | 'works' | 'recovers'

/** One capability of a device. */
export type CommandSpec = {
  readonly parameters: z.ZodType<Record<string, unknown>>
  readonly class: CommandClass
  /** Sent again after a crash; what is not is failed then. */
  readonly idempotent: boolean
  /** Takes the place of the command that the device is at. */
  readonly preempts: boolean
  /** How long it may take, unless its giver says otherwise. */
  readonly patienceS: (parameters: Readonly<Record<string, unknown>>) => number
  /** What a status, asked after the command was sent, says of its progress. */
  readonly progress: (status: unknown, parameters: unknown) => Progress
}

type Spec<Status, Parameters> = {
  class: CommandClass
  idempotent?: boolean
  preempts?: boolean
  patienceS: number | ((parameters: Parameters) => number)
  progress: (status: Status, parameters: Parameters) => Progress
}

/** Makes the commands of a device whose status has a schema; a status that does not fit it is no progress. */
export const commandsOn =
  <StatusSchema extends z.ZodType>(statusSchema: StatusSchema) =>
  <Parameters extends z.ZodType<Record<string, unknown>>>(
    parameters: Parameters,
    spec: Spec<z.output<StatusSchema>, z.output<Parameters>>,
  ): CommandSpec => ({
    parameters,
    class: spec.class,
    idempotent: spec.idempotent ?? spec.class === 'secures',
    preempts: spec.preempts ?? spec.class === 'secures',
    patienceS: (given) =>
      typeof spec.patienceS === 'number' ? spec.patienceS : spec.patienceS(parameters.parse(given)),
    progress: (status, given) => {
      const read = statusSchema.safeParse(status)
      return read.success ? spec.progress(read.data, parameters.parse(given)) : going
    },
  })

/** For commands that need no parameters. */
export const nothing = z.strictObject({})
