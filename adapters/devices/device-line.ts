import { connect, type Socket } from 'node:net'
import { DeviceUnreachable } from '#commands/devices/device.ts'
import { JsonFraming } from '#domain/shared/json-framing.ts'

const maxAnswerBytes = 256 * 1024

const isBlank = (chunk: Uint8Array) => new TextDecoder().decode(chunk).trim() === ''

/** One connection and one question at a time on it. Whatever is no answer to that question ends the connection. */
export class DeviceLine {
  readonly #socket: Socket
  readonly #framing = new JsonFraming(maxAnswerBytes)
  #question: PromiseWithResolvers<string> | undefined

  constructor({ host, port }: { host: string; port: number }) {
    this.#socket = connect({ host, port, noDelay: true })
      .on('data', (chunk) => this.#took(chunk))
      .on('error', (error) => this.drop(error.message))
      .on('close', () => this.drop('the connection was closed'))
  }

  get usable(): boolean {
    return !this.#socket.destroyed
  }

  ask(question: string): Promise<string> {
    this.#question = Promise.withResolvers()
    this.#socket.write(question)
    return this.#question.promise
  }

  drop(why: string): void {
    this.#socket.destroy()
    this.#question?.reject(new DeviceUnreachable(why))
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
    else if (fault) this.drop(fault.detail)
    else return
    this.#question = undefined
    // Half of a second answer would be taken for the next one's beginning.
    if (more.length > 0 || fault || this.#framing.unfinished.length > 0) this.#socket.destroy()
  }
}
