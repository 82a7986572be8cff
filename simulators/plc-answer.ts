import type { Socket } from 'node:net'
import { z } from 'zod'
import type { ReplyMode } from './plc-change.ts'
import type { PlcStatus } from './plc-status.ts'

const commandSchema = z.object({
  command: z.array(z.object({ name: z.string(), parameters: z.unknown().optional() })).min(1),
})

/** What a command's text asks for, or why it asks nothing. */
export type Asked = z.output<typeof commandSchema> | { fault: string }

export const askedBy = (text: string): Asked => {
  try {
    const { data } = commandSchema.safeParse(JSON.parse(text))
    return data ?? { fault: 'this is no command: {"command":[{"name":"STATUS"}]} is one' }
  } catch {
    return { fault: 'this is not JSON' }
  }
}

/** Refusals come in the same clothes as a status, so that a client that reads the one can read the other. */
export const refusal = ({ from, version_firmware, site, date }: PlcStatus, comment: string): string =>
  JSON.stringify([{ name: 'ERROR', from, version_firmware, site, date, comment }])

/** Sends an answer as well, or as badly, as the scenario wants it. */
export const sendAnswer = (socket: Socket, answer: object, mode: ReplyMode | 'well'): void => {
  const text = JSON.stringify([answer])
  switch (mode) {
    case 'well':
      socket.write(text)
      return
    case 'glued':
      socket.write(text + text)
      return
    case 'split':
      dribble(socket, Buffer.from(text))
      return
    case 'half':
      socket.write(text.slice(0, text.length / 2))
      return
    case 'not-json':
      // As in PYROS's own logs, whose braces were lost (P5).
      socket.write(text.replaceAll(/[{}]/g, ''))
      return
    case 'wrong-shape':
      socket.write('{"status":"OK"}')
      return
    case 'too-large':
      socket.write(JSON.stringify([{ ...answer, site: ''.padEnd(oneMebibyte, '.') }]))
      return
    case 'reset':
      socket.resetAndDestroy()
      return
    case 'silent':
      return
  }
}

/** One packet after another: written at once, they would be glued by the time they are read. */
const dribble = (socket: Socket, bytes: Buffer): void => {
  if (bytes.length === 0) return
  socket.write(bytes.subarray(0, 61), (error) => {
    if (!error) setImmediate(dribble, socket, bytes.subarray(61))
  })
}

const oneMebibyte = 1024 * 1024
