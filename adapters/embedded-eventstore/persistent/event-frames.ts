import type { RecordView } from '../log/record-view.ts'
import { Message } from '../protocol/message.ts'
import { withStructuredUuid } from '../services/structured-uuid.ts'

export const groupConfirmation = (subscriptionId: string): Buffer =>
  new Message().message(2, (message) => message.text(1, subscriptionId)).framed()

/** A `ReadResp` of a persistent subscription: like that of a read, with the number of earlier attempts. */
export const deliveryFrame = (
  record: RecordView,
  target: RecordView | undefined,
  resolved: boolean,
  retries: number,
  structuredUuids: boolean,
): Buffer => {
  const id = (event: Buffer): Buffer => (structuredUuids ? withStructuredUuid(event) : event)
  const event = new Message()
  if (!resolved) event.bytes(1, id(record.event))
  else {
    if (target) event.bytes(1, id(target.event))
    event.bytes(2, id(record.event))
  }
  return new Message().bytes(1, event.number(3, record.position).number(5, retries).encoded()).framed()
}
