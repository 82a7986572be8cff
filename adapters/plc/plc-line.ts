import { connect, type Socket } from 'node:net'
import type { LinkPhase } from '#commands/environment/plc.ts'
import { JsonFraming } from '#domain/shared/json-framing.ts'
import { causeOf, replyInvalid, unreachable } from './faults.ts'

export type PlcAddress = { host: string; port: number }

const isBlank = (chunk: Uint8Array) => new TextDecoder().decode(chunk).trim() === ''

/**
 * One connection and one question at a time on it. Whatever is not the answer to the question that is being asked
 * ends the connection, so nothing late or unasked can ever be taken for the next answer.
 */
export class PlcLine {
  readonly #socket: Socket
  readonly #framing: JsonFraming
  readonly #address: string
  #phase: LinkPhase = 'connect'
  #question: PromiseWithResolvers<string> | undefined

  constructor({ host, port }: PlcAddress, maxReplyBytes: number) {
    this.#address = `${host}:${port}`
    this.#framing = new JsonFraming(maxReplyBytes)
    this.#socket = connect({ host, port, noDelay: true })
      .on('connect', () => {
        this.#phase = 'send'
      })
      .on('data', (chunk) => this.#took(chunk))
      .on('error', (error) => this.#broke(causeOf(error)))
      .on('end', () => this.#ended('the connection was closed'))
      .on('close', () => this.#ended('the connection was closed'))
  }

  get usable(): boolean {
    return !this.#socket.destroyed
  }

  /** Sends a question and waits for one whole JSON text. */
  ask(question: string): Promise<string> {
    this.#question = Promise.withResolvers()
    if (this.#phase === 'reply') this.#phase = 'send'
    this.#socket.write(question, (error) => {
      if (!error) this.#phase = 'reply'
    })
    return this.#question.promise
  }

  /** No more patience: fails the question with the phase it has reached. */
  giveUp(afterMs: number): void {
    this.#ended(`nothing came within ${afterMs} ms`)
  }

  drop(reason: unknown): void {
    this.#socket.destroy()
    this.#question?.reject(reason)
    this.#question = undefined
  }

  #took(chunk: Uint8Array): void {
    if (!this.#question) {
      if (!isBlank(chunk)) this.#socket.destroy()
      return
    }
    const { texts, fault } = this.#framing.push(chunk)
    const [answer, ...more] = texts
    if (answer !== undefined) this.#question.resolve(answer)
    else if (fault) this.drop(replyInvalid(fault.reason, fault.detail, fault.raw))
    else return
    this.#question = undefined
    if (more.length > 0 || fault || this.#framing.unfinished.length > 0) this.#socket.destroy()
  }

  /** Half a reply is a bad reply, worth keeping; none at all is no answer. */
  #ended(cause: string): void {
    const half = this.#framing.unfinished
    if (half.length === 0) this.#broke(cause)
    else this.drop(replyInvalid('INVALID_JSON', `${half.length} bytes and no end of it: ${cause}`, half))
  }

  #broke(cause: string): void {
    this.drop(unreachable(this.#phase, this.#address, cause))
  }
}
