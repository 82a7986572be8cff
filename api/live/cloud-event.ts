import { z } from 'zod'
import { positionText } from '#api/http/paging.ts'
import type { AnyEvent } from '#domain/catalogue.ts'
import { namesOf, senderOf } from '#domain/live/senders.ts'
import { isNews, sentenceOf } from '#domain/sentences.ts'
import type { Recorded } from '#domain/shared/event.ts'
import type { LiveItem } from './item.ts'
import { serverSent } from './server-sent.ts'

/** CloudEvents 1.0, structured mode. What stands in the log has a position; what is volatile has none. */
export const cloudEventSchema = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.string().describe('/agents/<sender>'),
  type: z.string(),
  time: z.iso.datetime(),
  subject: z.string().describe('the stream, where there is one'),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
  sender: z.string(),
  channels: z.string().optional().describe('those it is on, with a space between'),
  position: z.string().optional().describe('its place in the log, commit/prepare: where `since` goes on'),
  revision: z.string().optional(),
  schemaversion: z.int().optional(),
  correlationid: z.string().optional(),
  causationid: z.string().optional(),
  actor: z.string().optional().describe('kind:id'),
  night: z.string().optional(),
  simulated: z.boolean().optional(),
  sentence: z.string().optional().describe('the same for people'),
  news: z.boolean().optional().describe('it changes something, rather than being one more of many'),
})

export type CloudEvent = z.output<typeof cloudEventSchema>

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const item = (from: Pick<LiveItem, 'sender' | 'names' | 'position'>, make: () => CloudEvent): LiveItem => {
  const cloud = once(make)
  const id = from.position ? positionText(from.position) : undefined
  return {
    ...from,
    cloud,
    frame: once(() => Buffer.from(serverSent('event', cloud(), id))),
    words: once(() => `${cloud().type} ${from.sender} ${cloud().sentence ?? ''}`.toLowerCase()),
  }
}

/** An event of the log, ready to be sent: written out once, however many hear it. */
export const logItem = (event: Recorded<AnyEvent>): LiveItem => {
  const { id, type, data, stream, revision, position, metadata } = event
  const sender = senderOf(metadata.actor)
  const names = namesOf(sender, event)
  return item({ sender, names, position }, () => {
    const on = names.slice(1).join(' ')
    const sentence = sentenceOf(event)
    return {
      specversion: '1.0',
      id,
      source: `/agents/${sender}`,
      type,
      time: metadata.occurredAt,
      subject: stream,
      datacontenttype: 'application/json',
      data,
      sender,
      ...(on === '' ? {} : { channels: on }),
      position: positionText(position),
      revision: `${revision}`,
      schemaversion: metadata.schemaVersion,
      correlationid: metadata.correlationId,
      causationid: metadata.causationId,
      actor: `${metadata.actor.kind}:${metadata.actor.id}`,
      night: metadata.night,
      ...(metadata.simulated ? { simulated: true } : {}),
      ...(sentence === null ? {} : { sentence }),
      news: isNews(event),
    }
  })
}

type Volatile = {
  readonly id: string
  readonly sender: string
  readonly event: string
  readonly at: string
  readonly data: unknown
}

/** Something that is in no log: presence, the timer's ticks. */
export const volatileItem = ({ id, sender, event, at, data }: Volatile): LiveItem =>
  item({ sender, names: [event], position: null }, () => ({
    specversion: '1.0',
    id,
    source: `/agents/${sender}`,
    type: event,
    time: at,
    subject: sender,
    datacontenttype: 'application/json',
    data: data ?? null,
    sender,
    ...(event.startsWith('#') ? { channels: event } : {}),
  }))
