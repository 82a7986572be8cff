import { randomUUID } from 'node:crypto'
import type { Call } from '../protocol/call.ts'
import { Measurements } from './measurements.ts'

const highWater = 262_144

/** An event on its way through a group. */
export type Delivery = {
  ordinal: number
  key: number
  /** Its place among all events the source has passed, for counting. */
  sequence: number
  id: string
  retries: number
  /** From the parked stream: it no longer holds the checkpoint back. */
  replayed: boolean
  sentAtMs: number
}

/** One client that reads from a group. */
export class Consumer {
  readonly id = randomUUID()
  readonly call: Call
  /** Address of the client. Asked now: a connection that has ended no longer tells. */
  readonly from: string
  readonly bufferSize: number
  readonly structuredUuids: boolean
  readonly inFlight = new Map<string, Delivery>()
  readonly measurements = new Measurements()
  totalItems = 0
  itemsBeforeTick = 0
  itemsLastSecond = 0

  constructor(call: Call, bufferSize: number, structuredUuids: boolean) {
    this.call = call
    const { remoteAddress, remotePort } = call.stream.session?.socket ?? {}
    this.from = `${remoteAddress}:${remotePort}`
    this.bufferSize = bufferSize
    this.structuredUuids = structuredUuids
  }

  /** Has room for one more, and takes what it is sent: a stalled client must not pile up memory here. */
  get isFree(): boolean {
    return this.inFlight.size < this.bufferSize && this.call.stream.writableLength < highWater
  }

  tick(): void {
    this.itemsLastSecond = this.totalItems - this.itemsBeforeTick
    this.itemsBeforeTick = this.totalItems
  }
}
