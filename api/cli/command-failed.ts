import { exitCodes } from './exit-codes.ts'

/** What ends a command for a person to read, with the exit code for a program. */
export class CommandFailed extends Error {
  readonly exitCode: number
  constructor(message: string, end?: keyof typeof exitCodes) {
    super(message)
    this.name = 'CommandFailed'
    this.exitCode = end === undefined ? 1 : exitCodes[end]
  }
}
