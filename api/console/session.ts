import type { Actor } from '#domain/shared/metadata.ts'
import type { ConsoleParts } from './command.ts'
import { commandNamed } from './commands.ts'
import { InputWrong, isComplete, readInput } from './input.ts'

export type SessionOptions = {
  readonly parts: ConsoleParts
  readonly actor: Actor
  /** Whether a person looks on: shows when it is their turn. */
  readonly prompts: boolean
  readonly write: (text: string) => void
}

/** Longer than anything a person types. */
const mostTyped = 64 * 1024

const complaint = (error: unknown): string => {
  if (error instanceof InputWrong) return error.message
  const code = error instanceof Error && 'code' in error ? `${error.code}: ` : ''
  return `${code}${error instanceof Error ? error.message : error}`
}

/** One person at the console: lines in, answers out. A command that fails says so, and the session lives (K12). */
export class Session {
  readonly #options: SessionOptions
  readonly #waiting: string[] = []
  readonly #over = Promise.withResolvers<void>()
  #typed = ''
  #running: { readonly abort: AbortController; readonly endless: boolean } | null = null
  #busy = false
  #ended = false

  constructor(options: SessionOptions) {
    this.#options = options
    this.#prompt()
  }

  /** Resolves when nothing more will be typed and all that was typed is done. */
  get over(): Promise<void> {
    return this.#over.promise
  }

  /** One line; it also ends a command that would go on without end. */
  type(line: string): void {
    const { endless = false, abort } = this.#running ?? {}
    if (endless) abort?.abort()
    // Enter alone has said all that it was to say.
    if (endless && line.trim() === '') return
    this.#waiting.push(line)
    if (!this.#busy) void this.#work()
  }

  /** No more lines come. */
  end(): void {
    this.#ended = true
    if (this.#running?.endless) this.#running.abort.abort()
    if (!this.#busy) this.#over.resolve()
  }

  /** Whoever typed is gone. */
  leave(): void {
    this.#waiting.length = 0
    this.#running?.abort.abort(new Error('the console was left'))
    this.end()
  }

  /** Does what was typed; false when it could not be done, which was said. */
  async run(text: string): Promise<boolean> {
    const { parts, actor } = this.#options
    const print = (line: string) => this.#say(line)
    try {
      const input = readInput(text)
      const command = commandNamed(input.words[0] ?? '')
      const abort = new AbortController()
      this.#running = { abort, endless: command.endless ?? false }
      if (this.#running.endless && this.#waiting.length > 0) abort.abort()
      await command.run({ input, parts, actor, print, signal: abort.signal })
      return true
    } catch (error) {
      this.#say(`error: ${complaint(error)}`)
      return false
    } finally {
      this.#running = null
    }
  }

  async #work(): Promise<void> {
    this.#busy = true
    for (let line = this.#waiting.shift(); line !== undefined; line = this.#waiting.shift())
      await this.#take(line)
    this.#busy = false
    if (this.#ended) this.#over.resolve()
  }

  async #take(line: string): Promise<void> {
    const text = this.#typed === '' ? line : `${this.#typed}\n${line}`
    const givenUp = this.#typed !== '' && line.trim() === ''
    this.#typed = isComplete(text) || givenUp || text.length > mostTyped ? '' : text
    if (isComplete(text)) {
      if (text.trim() !== '') await this.run(text)
    } else if (this.#typed === '')
      this.#say('error: a bracket or a quotation is still open; all of it is given up')
    this.#prompt()
  }

  #say(text: string): void {
    this.#options.write(`${text}\n`)
  }

  #prompt(): void {
    if (this.#options.prompts) this.#options.write(this.#typed === '' ? '>>> ' : '... ')
  }
}
