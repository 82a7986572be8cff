import { Message } from './message.ts'

export const caughtUp = new Message().empty(8).framed()

export const confirmation = (subscriptionId: string): Buffer =>
  new Message().message(2, (message) => message.text(1, subscriptionId)).framed()

export const checkpoint = (position: number): Buffer =>
  new Message().message(3, (message) => message.number(1, position).number(2, position)).framed()

export const streamNotFound = (stream: Uint8Array): Buffer =>
  new Message()
    .message(4, (message) => message.message(1, (identifier) => identifier.bytes(3, stream)))
    .framed()
