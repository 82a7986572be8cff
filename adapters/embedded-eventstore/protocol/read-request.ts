import type { Filter } from '../store/filter.ts'
import { Fields } from './fields.ts'
import { invalidArgument } from './grpc-error.ts'
import { type Position, parsePosition, parseStreamIdentifier } from './shared-messages.ts'

export type StreamSource = { kind: 'stream'; name: Buffer; from: number | 'start' | 'end' }
export type AllSource = { kind: 'all'; from: Position | 'start' | 'end' }

export type ReadRequest = {
  source: StreamSource | AllSource
  backwards: boolean
  resolveLinks: boolean
  /** How many events; undefined asks for a subscription. */
  count: number | undefined
  filter: Filter | undefined
  structuredUuids: boolean
}

type Parts = {
  source?: StreamSource | AllSource
  counted?: 'count' | 'subscription'
  uuids?: 'structured' | 'string' | undefined
}

export const parseReadRequest = (bytes: Buffer): ReadRequest => {
  const request = new Fields(bytes)
  while (request.next()) if (request.no === 1) return parseOptions(request.message())
  throw invalidArgument('The read request has no options')
}

const parseOptions = (fields: Fields): ReadRequest => {
  const parts: Parts = {}
  const request = { backwards: false, resolveLinks: false, count: 0, filter: undefined as Filter | undefined }
  while (fields.next()) {
    switch (fields.no) {
      case 1:
        parts.source = parseStreamSource(fields.message())
        break
      case 2:
        parts.source = parseAllSource(fields.message())
        break
      case 3:
        request.backwards = fields.number === 1
        break
      case 4:
        request.resolveLinks = fields.bool
        break
      case 5:
        parts.counted = 'count'
        request.count = fields.number
        break
      case 6:
        parts.counted = 'subscription'
        break
      case 7:
        request.filter = parseFilter(fields.message())
        break
      case 9:
        parts.uuids = parseUuidOption(fields.message())
        break
    }
  }
  return checked(parts, request)
}

const checked = (
  { source, counted, uuids }: Parts,
  request: Omit<ReadRequest, 'source' | 'structuredUuids'>,
): ReadRequest => {
  if (!source) throw invalidArgument('The read request names neither a stream nor $all')
  if (!counted) throw invalidArgument('The read request asks for neither a count nor a subscription')
  if (!uuids) throw invalidArgument('The read request does not say how UUIDs shall be written')
  const subscribes = counted === 'subscription'
  if (subscribes && request.backwards) throw invalidArgument('A subscription cannot read backwards')
  if (source.kind === 'stream' && request.filter) throw invalidArgument('Only reads of $all can be filtered')
  return {
    ...request,
    source,
    count: subscribes ? undefined : request.count,
    structuredUuids: uuids === 'structured',
  }
}

const parseStreamSource = (fields: Fields): StreamSource => {
  const source: StreamSource = { kind: 'stream', name: Buffer.alloc(0), from: 'start' }
  while (fields.next()) {
    if (fields.no === 1) source.name = parseStreamIdentifier(fields.bytes())
    else if (fields.no === 2) source.from = fields.number
    else if (fields.no === 3) source.from = 'start'
    else if (fields.no === 4) source.from = 'end'
  }
  return source
}

export const parseAllSource = (fields: Fields): AllSource => {
  const source: AllSource = { kind: 'all', from: 'start' }
  while (fields.next()) {
    if (fields.no === 1) source.from = parsePosition(fields.message())
    else if (fields.no === 2) source.from = 'start'
    else if (fields.no === 3) source.from = 'end'
  }
  return source
}

// What the real server searches at a time when the client leaves the window open.
const defaultWindow = 32

export const parseFilter = (fields: Fields): Filter => {
  const filter = { on: 'type' as Filter['on'], regex: '', prefixes: [] as string[] }
  let window = defaultWindow
  let multiplier = 0
  while (fields.next()) {
    if (fields.no === 1 || fields.no === 2) {
      filter.on = fields.no === 1 ? 'stream' : 'type'
      const expression = fields.message()
      while (expression.next()) {
        if (expression.no === 1) filter.regex = expression.text()
        else if (expression.no === 2) filter.prefixes.push(expression.text())
      }
    } else if (fields.no === 3) window = fields.number
    else if (fields.no === 4) window = defaultWindow
    else if (fields.no === 5) multiplier = fields.number
  }
  if (multiplier === 0) throw invalidArgument('The checkpoint interval multiplier must be greater than 0')
  return { ...filter, checkpointEvery: multiplier * window }
}

const parseUuidOption = (fields: Fields): 'structured' | 'string' | undefined => {
  let option: 'structured' | 'string' | undefined
  while (fields.next()) option = fields.no === 1 ? 'structured' : 'string'
  return option
}
