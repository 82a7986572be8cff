/** A command that the subject's rules do not allow now. `code` is for programs, the message for people. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string, why: string) {
    super(why)
    this.name = 'Refusal'
    this.code = code
  }
}
