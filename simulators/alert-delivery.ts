import { vtpFrame } from '#domain/shared/vtp/framing.ts'
import type { Delivery } from './alert-change.ts'

/** What goes over the wire: writes, one after the other, and how many events in them want an acknowledgement. */
export type Delivered = {
  readonly writes: readonly Uint8Array[]
  readonly events: number
  readonly hangsUp?: true
}

const withLength = (document: Uint8Array, length: number): Uint8Array => {
  const frame = vtpFrame(document)
  new DataView(frame.buffer).setUint32(0, length)
  return frame
}

const junk = new TextEncoder().encode('\u0000not a notice: {]')

/** A notice in the manner asked for; `half`, `length-too-long` and `length-too-short` cost the connection. */
export const delivered = (document: Uint8Array, delivery: Delivery): Delivered => {
  const frame = vtpFrame(document)
  switch (delivery) {
    case 'well':
      return { writes: [frame], events: 1 }
    case 'split':
      return { writes: Array.from(frame, (byte) => Uint8Array.of(byte)), events: 1 }
    case 'glued':
      return { writes: [Buffer.concat([frame, frame])], events: 2 }
    case 'half':
      return { writes: [frame.subarray(0, frame.length >> 1)], events: 0, hangsUp: true }
    case 'xml-cut':
      return { writes: [vtpFrame(document.subarray(0, document.length >> 1))], events: 1 }
    case 'not-xml':
      return { writes: [vtpFrame(junk)], events: 0 }
    case 'length-zero-first':
      return { writes: [Buffer.concat([new Uint8Array(4), frame])], events: 1 }
    case 'length-too-long':
      return { writes: [withLength(document, 0xffff_ffff)], events: 0 }
    case 'length-too-short':
      return { writes: [withLength(document, document.length - 10)], events: 1 }
  }
}
