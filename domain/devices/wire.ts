import { z } from 'zod'

const record = z.record(z.string(), z.unknown())

/** What goes to a device: one command, as to the PLC. */
export const deviceQuestionSchema = z.object({
  command: z.tuple([z.object({ name: z.string(), parameters: record.default({}) })]),
})

export const faultSchema = z.object({ code: z.string(), text: z.string() })
export type Fault = z.output<typeof faultSchema>

/** The message inside the array that comes back. `OK` to a command that takes time says that it has begun. */
const answerSchema = z.object({
  name: z.string(),
  from: z.string(),
  status: z.enum(['OK', 'REFUSED']),
  /** The device's clock, UTC. */
  date: z.iso.datetime(),
  /** To STATUS: how the device is. */
  state: record.optional(),
  faults: z.array(faultSchema).optional(),
  /** To what is refused: a code for programs and words for people. */
  code: z.string().optional(),
  comment: z.string().optional(),
})

export const deviceAnswerSchema = z.tuple([answerSchema]).transform(([answer]) => answer)
export type DeviceAnswer = z.output<typeof answerSchema>

/** A command's name as the wire has it: `go-to` is GO_TO. */
export const wireName = (name: string): string => name.toUpperCase().replaceAll('-', '_')
