/** The domain will not have this command, now or ever: trying again is no use. Whoever dispatches commands throws it. */
export class CommandRefused extends Error {
  /** Stable, snake_case. */
  readonly code: string
  constructor(code: string, why: string) {
    super(why)
    this.name = 'CommandRefused'
    this.code = code
  }
}
