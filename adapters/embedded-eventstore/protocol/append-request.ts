import type { NewEvent } from '../log/record.ts'
import type { Fields } from './fields.ts'
import { GrpcError, grpcStatus, invalidArgument } from './grpc-error.ts'
import { emptyUuid, expectedOf, parseStreamIdentifier, parseUuid } from './shared-messages.ts'

const maxTypeLength = 0xffff
const noBytes: Buffer = Buffer.alloc(0)

export type AppendTarget = { stream: Buffer; expected: number }

/** The options of append, delete and tombstone: a stream and its expected revision. */
export const parseTarget = (fields: Fields): AppendTarget => {
  const target: AppendTarget = { stream: noBytes, expected: Number.NaN }
  while (fields.next()) {
    if (fields.no === 1) target.stream = parseStreamIdentifier(fields.bytes())
    else target.expected = expectedOf(fields) ?? target.expected
  }
  if (Number.isNaN(target.expected)) throw invalidArgument('The request has no expected revision')
  return target
}

/** An event as the client proposes it. The bytes stay views of the request. */
export const parseProposedMessage = (fields: Fields): NewEvent => {
  const event: NewEvent = { id: emptyUuid, type: '', json: false, metadata: noBytes, data: noBytes }
  let contentType = ''
  while (fields.next()) {
    switch (fields.no) {
      case 1:
        event.id = parseUuid(fields.bytes())
        break
      case 2: {
        const [key, value] = parseMapEntry(fields.message())
        if (key === 'type') event.type = value
        else if (key === 'content-type') contentType = value
        break
      }
      case 3:
        event.metadata = fields.bytes()
        break
      case 4:
        event.data = fields.bytes()
        break
    }
  }
  checkEvent(event.id, event.type, contentType)
  // The real server keeps one bit of the content type.
  event.json = contentType === 'application/json'
  return event
}

const parseMapEntry = (fields: Fields): [key: string, value: string] => {
  let key = ''
  let value = ''
  while (fields.next()) {
    if (fields.no === 1) key = fields.text()
    else if (fields.no === 2) value = fields.text()
  }
  return [key, value]
}

const checkEvent = (id: string, type: string, contentType: string): void => {
  if (type === '' || contentType === '') {
    throw new GrpcError(
      grpcStatus.invalidArgument,
      `Required Metadata Property '${type === '' ? 'type' : 'content-type'}' is missing`,
      {
        exception: 'missing-required-metadata-property',
        'required-metadata-properties': 'type,content-type',
      },
    )
  }
  if (id === emptyUuid) throw invalidArgument('An event has an empty id')
  if (type.length * 3 > maxTypeLength) throw invalidArgument('An event type is longer than 21845 characters')
}

/** An event's size as the real server counts it. */
export const eventSize = (event: NewEvent): number =>
  event.data.length + event.metadata.length + 2 * event.type.length
