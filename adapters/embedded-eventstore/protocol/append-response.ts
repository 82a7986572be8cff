import { type AppendOutcome, expectedRevision } from '../store/expected.ts'
import { Message } from './message.ts'

type Appended = Extract<AppendOutcome, { kind: 'appended' }>
type WrongRevision = Extract<AppendOutcome, { kind: 'wrong-revision' }>

/** `AppendResp.Success` and `BatchAppendResp.Success` are alike. */
export const appendSuccess = (message: Message, { revision, position }: Appended): Message => {
  if (revision >= 0) message.number(1, revision)
  else message.empty(2)
  return position === undefined
    ? message.empty(4)
    : message.message(3, (at) => at.number(1, position).number(2, position))
}

// An old client reads the fields 1 to 5, a newer one 6 to 11.
const wrongRevision = (message: Message, { expected, current }: WrongRevision): Message => {
  if (current >= 0) message.number(1, current)
  else message.empty(2)
  if (expected >= 0) message.number(3, expected)
  else if (expected === expectedRevision.any) message.empty(4)
  else if (expected === expectedRevision.streamExists) message.empty(5)
  if (current >= 0) message.number(6, current)
  else message.empty(7)
  if (expected >= 0) return message.number(8, expected)
  if (expected === expectedRevision.any) return message.empty(9)
  return message.empty(expected === expectedRevision.streamExists ? 10 : 11)
}

export const appendResponse = (outcome: Appended | WrongRevision): Buffer =>
  new Message()
    .message(outcome.kind === 'appended' ? 1 : 2, (message) =>
      outcome.kind === 'appended' ? appendSuccess(message, outcome) : wrongRevision(message, outcome),
    )
    .framed()
