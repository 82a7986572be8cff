import type { Instant } from '#domain/shared/time.ts'
import { xmlEscaped } from '#domain/shared/xml-text.ts'

export type TransportMessage = {
  readonly role: 'iamalive' | 'ack' | 'nak'
  /** The event's ivorn in an answer to an event; the broker's own in an iamalive, copied in the answer to it. */
  readonly origin: string
  /** The ivorn of who answers. */
  readonly response?: string
  /** Why not, in a nak. */
  readonly result?: string
  readonly at: Instant
}

const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${xmlEscaped(text)}</${name}>`

/** A message of VTP itself. Its version is 1.0 though its schema is called 1.1. */
export const transportDocument = ({ role, origin, response, result, at }: TransportMessage): Uint8Array =>
  new TextEncoder().encode(
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n',
      `<trn:Transport role="${role}" version="1.0" xmlns:trn="http://www.telescope-networks.org/xml/Transport/v1.1">`,
      element('Origin', origin),
      element('Response', response),
      element('TimeStamp', `${at.slice(0, 19)}Z`),
      result === undefined ? '' : `<Meta>${element('Result', result)}</Meta>`,
      '</trn:Transport>\n',
    ].join(''),
  )
