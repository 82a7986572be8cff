import { z } from 'zod'
import { catalogue } from '#domain/catalogue.ts'
import { channels } from '#domain/live/channels.ts'
import { timer } from '#domain/live/directory.ts'
import { logSenders, type SenderDeclaration } from '#domain/live/senders.ts'
import { modelChangeSchema } from '#projections/engine/changes.ts'
import { cloudEventSchema } from './cloud-event.ts'
import { liveTypes } from './live-log.ts'

type Json = Readonly<Record<string, unknown>>

const schemaOf = (schema: z.ZodType): Json => {
  const {
    $schema: _schema,
    id: _id,
    ...rest
  } = z.toJSONSchema(schema, { unrepresentable: 'any', reused: 'inline' })
  return rest
}

const refTo = (kind: 'messages' | 'schemas', name: string) => ({ $ref: `#/components/${kind}/${name}` })
const cloudEvent = refTo('schemas', 'CloudEvent')

const volatile: Readonly<Record<string, { title: string; type: string; data: Json }>> = {
  tick: {
    title: 'The timer says that five seconds have passed; in no log',
    type: timer.event,
    data: { type: 'object', properties: { at: { type: 'string' }, ticks: { type: 'integer' } } },
  },
  clientConnected: { title: 'A live client is there; in no log', type: '#connect', data: {} },
  clientDisconnected: { title: 'A live client is gone; in no log', type: '#disconnect', data: {} },
}

const eventMessage = (title: string, type: string, data: Json): Json => ({
  name: 'event',
  title,
  contentType: 'application/json',
  payload: { allOf: [cloudEvent, { type: 'object', properties: { type: { const: type }, data } }] },
})

const logMessages = (): Record<string, Json> =>
  Object.fromEntries(
    liveTypes.map((type) => {
      const schema = catalogue.get(type)?.schema
      return [type, eventMessage(type, type, schema ? schemaOf(schema) : {})]
    }),
  )

const volatileMessages = (): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(volatile).map(([name, { title, type, data }]) => [name, eventMessage(title, type, data)]),
  )

/** What a stream says beside events. */
const lineMessages: Readonly<Record<string, Json>> = {
  hello: {
    name: 'hello',
    title: 'First of every stream: from where it goes on',
    contentType: 'application/json',
    payload: {
      type: 'object',
      required: ['position', 'clientId'],
      properties: { position: { type: ['string', 'null'] }, clientId: { type: 'string' } },
    },
  },
  model: {
    name: 'model',
    title: 'Rows of a read model have changed: who reads it now sees them',
    contentType: 'application/json',
    payload: schemaOf(modelChangeSchema),
  },
  slowConsumer: {
    name: 'slow-consumer',
    title: 'Last of a stream that was not read fast enough; go on with since=lastPosition',
    contentType: 'application/json',
    payload: {
      type: 'object',
      required: ['code', 'lastPosition', 'detail'],
      properties: {
        code: { const: 'SLOW_CONSUMER' },
        lastPosition: { type: ['string', 'null'] },
        detail: { type: 'string' },
      },
    },
  },
}

type Spot = { readonly address: string; readonly about: string; readonly messages: readonly string[] }

const line = ['hello', 'slowConsumer']

const spots = (): Record<string, Spot> => {
  const ofSender = ([name, { about, events }]: [string, SenderDeclaration]): [string, Spot] => [
    `sender-${name}`,
    { address: `/api/live?sender=${name}`, about, messages: [...line, ...events] },
  ]
  const presence: Readonly<Record<string, readonly string[]>> = {
    '#connect': ['clientConnected'],
    '#disconnect': ['clientDisconnected'],
  }
  const ofChannel = ([name, { about, types }]: [string, { about: string; types: readonly string[] }]): [
    string,
    Spot,
  ] => [
    `channel-${name.slice(1)}`,
    {
      address: `/api/live?event=%23${name.slice(1)}`,
      about,
      messages: [...line, ...types, ...(presence[name] ?? [])],
    },
  ]
  return {
    everything: {
      address: '/api/live',
      about: 'everything that anybody says',
      messages: [...line, ...liveTypes, ...Object.keys(volatile)],
    },
    models: {
      address: '/api/live?model={model}',
      about: 'changes of read models; model can be repeated',
      messages: [...line, 'model'],
    },
    'sender-timer': {
      address: `/api/live?sender=${timer.sender}`,
      about: 'ticks every five seconds',
      messages: [...line, 'tick'],
    },
    ...Object.fromEntries(Object.entries(logSenders).map(ofSender)),
    ...Object.fromEntries(Object.entries(channels).map(ofChannel)),
  }
}

const channelFrom = ({ address, about, messages }: Spot): Json => ({
  address,
  description: about,
  messages: Object.fromEntries(messages.map((name) => [name, refTo('messages', name)])),
  ...(address.includes('{model}')
    ? { parameters: { model: { description: 'the name of a read model' } } }
    : {}),
})

/** What can be heard on /api/live, as AsyncAPI 3.0: from the same table that decides what is heard. */
export const asyncApi = (): Json => {
  const all = spots()
  const operationOf = (name: string): [string, Json] => [
    `hear-${name}`,
    { action: 'send', channel: { $ref: `#/channels/${name}` }, summary: all[name]?.about },
  ]
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Noctuary, live',
      version: '0.1.0',
      description:
        'Server-sent events. Each message’s name is its `event:` line; events are CloudEvents 1.0 and, where they stand in the log, have their position as `id:`.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(Object.entries(all).map(([name, spot]) => [name, channelFrom(spot)])),
    operations: Object.fromEntries(Object.keys(all).map(operationOf)),
    components: {
      messages: { ...lineMessages, ...logMessages(), ...volatileMessages() },
      schemas: { CloudEvent: schemaOf(cloudEventSchema) },
    },
  }
}
