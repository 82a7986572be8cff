import { randomUUID } from 'node:crypto'
import type { Call } from '../protocol/call.ts'
import { Message } from '../protocol/message.ts'

const leader = 8
const ticksPerMs = 10_000n
const instanceId = randomUUID()

/** A cluster of one, at the address the caller itself has used: that one it can reach. */
export const readGossip = async (call: Call): Promise<void> => {
  await call.request()
  const authority = new URL(`http://${call.headers[':authority'] ?? '127.0.0.1'}`)
  const answer = new Message().message(1, (member) =>
    member
      .message(1, (uuid) => uuid.text(2, instanceId))
      .int(2, BigInt(Date.now()) * ticksPerMs)
      .number(3, leader)
      .number(4, 1)
      .message(5, (endPoint) =>
        endPoint.text(1, authority.hostname.replace(/^\[|\]$/g, '')).number(2, Number(authority.port || 80)),
      ),
  )
  call.succeed(answer.framed())
}
