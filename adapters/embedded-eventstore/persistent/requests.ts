import { Fields } from '../protocol/fields.ts'
import { invalidArgument } from '../protocol/grpc-error.ts'
import { parseFilter } from '../protocol/read-request.ts'
import { type Position, parseAnyPosition, parseStreamIdentifier } from '../protocol/shared-messages.ts'
import type { Filter } from '../store/filter.ts'
import { allSource, type GroupSettings } from './settings.ts'

export type StartFrom = number | Position | 'start' | 'end'

/** Create and Update alike. */
export type GroupRequest = {
  source: string
  group: string
  settings: Omit<GroupSettings, 'strategy'> & { strategy: string }
  startFrom: StartFrom
  filter: Filter | undefined
}

export type GroupName = { source: string; group: string }

const ticksPerMs = 10_000
const endRevision = 2 ** 63

/** The one submessage, `options`, that every request here has. */
const optionsOf = (request: Buffer): Fields => {
  const fields = new Fields(request)
  while (fields.next()) if (fields.no === 1) return fields.message()
  throw invalidArgument('The request has no options')
}

export const parseGroupRequest = (bytes: Buffer): GroupRequest => {
  const request: GroupRequest = {
    source: '',
    group: '',
    settings: noSettings(),
    startFrom: 'start',
    filter: undefined,
  }
  const fields = optionsOf(bytes)
  let legacyStart: StartFrom | undefined
  while (fields.next()) {
    switch (fields.no) {
      case 1:
        request.source ||= parseStreamIdentifier(fields.bytes()).toString()
        break
      case 2:
        request.group = fields.text()
        break
      case 3:
        legacyStart = parseSettings(fields.message(), request.settings)
        break
      case 4:
        parseStreamOptions(fields.message(), request)
        break
      case 5:
        request.source = allSource
        parseAllOptions(fields.message(), request)
        break
    }
  }
  // The older way to name a stream goes with the older way to say where to begin.
  if (request.source !== allSource && request.startFrom === 'start')
    request.startFrom = legacyStart ?? 'start'
  if (request.source === '') throw invalidArgument('The request names neither a stream nor $all')
  return request
}

const revisionOrEnd = (revision: number): StartFrom => (revision >= endRevision ? 'end' : revision)

const parseStreamOptions = (fields: Fields, request: GroupRequest): void => {
  while (fields.next()) {
    if (fields.no === 1) request.source = parseStreamIdentifier(fields.bytes()).toString()
    else if (fields.no === 2) request.startFrom = revisionOrEnd(fields.number)
    else if (fields.no === 3) request.startFrom = 'start'
    else if (fields.no === 4) request.startFrom = 'end'
  }
}

const parseAllOptions = (fields: Fields, request: GroupRequest): void => {
  while (fields.next()) {
    if (fields.no === 1) request.startFrom = parseAnyPosition(fields.message())
    else if (fields.no === 2) request.startFrom = 'start'
    else if (fields.no === 3) request.startFrom = 'end'
    else if (fields.no === 4) request.filter = parseFilter(fields.message())
  }
}

const noSettings = (): GroupRequest['settings'] => ({
  resolveLinks: false,
  extraStatistics: false,
  messageTimeoutMs: 0,
  maxRetryCount: 0,
  checkpointAfterMs: 0,
  minCheckpointCount: 0,
  maxCheckpointCount: 0,
  maxSubscriberCount: 0,
  liveBufferSize: 0,
  readBatchSize: 0,
  historyBufferSize: 0,
  strategy: 'DispatchToSingle',
})

const strategies = ['DispatchToSingle', 'RoundRobin', 'Pinned']

const numberFields: Readonly<Record<number, keyof GroupSettings>> = {
  5: 'maxRetryCount',
  7: 'minCheckpointCount',
  8: 'maxCheckpointCount',
  9: 'maxSubscriberCount',
  10: 'liveBufferSize',
  11: 'readBatchSize',
  12: 'historyBufferSize',
  14: 'messageTimeoutMs',
  15: 'checkpointAfterMs',
}

/** Fills the settings in and returns where to begin, where that is said here. */
const parseSettings = (fields: Fields, settings: GroupRequest['settings']): StartFrom | undefined => {
  let start: StartFrom | undefined
  while (fields.next()) {
    const name = numberFields[fields.no]
    if (name) Object.assign(settings, { [name]: fields.int32 })
    else if (fields.no === 1) settings.resolveLinks = fields.bool
    else if (fields.no === 2) start = revisionOrEnd(fields.number)
    else if (fields.no === 3) settings.extraStatistics = fields.bool
    else if (fields.no === 4) settings.messageTimeoutMs = fields.number / ticksPerMs
    else if (fields.no === 6) settings.checkpointAfterMs = fields.number / ticksPerMs
    else if (fields.no === 13) settings.strategy = strategies[fields.number] ?? `${fields.number}`
    else if (fields.no === 16) settings.strategy = fields.text() || settings.strategy
  }
  return start
}

/** Which field numbers carry the stream, `$all` and the group differs from request to request. */
export const parseName = (bytes: Buffer, no: { stream: number; all: number; group: number }): GroupName => {
  const fields = optionsOf(bytes)
  const name = { source: '', group: '' }
  while (fields.next()) {
    if (fields.no === no.stream) name.source = parseStreamIdentifier(fields.bytes()).toString()
    else if (fields.no === no.all) name.source = allSource
    else if (fields.no === no.group) name.group = fields.text()
  }
  return name
}

export const parseDeleteRequest = (bytes: Buffer) => parseName(bytes, { stream: 1, all: 3, group: 2 })
export const parseInfoRequest = (bytes: Buffer) => parseName(bytes, { stream: 1, all: 2, group: 3 })

export const parseReplayRequest = (bytes: Buffer): GroupName & { stopAt: bigint | undefined } => {
  const fields = optionsOf(bytes)
  let stopAt: bigint | undefined
  while (fields.next()) if (fields.no === 4) stopAt = fields.int64
  return { ...parseName(bytes, { stream: 2, all: 3, group: 1 }), stopAt }
}

/** The source to list the groups of, or undefined for all groups. */
export const parseListRequest = (bytes: Buffer): string | undefined => {
  const fields = optionsOf(bytes)
  while (fields.next()) {
    if (fields.no !== 2) continue
    const option = fields.message()
    while (option.next())
      return option.no === 2 ? allSource : parseStreamIdentifier(option.bytes()).toString()
  }
  return undefined
}
