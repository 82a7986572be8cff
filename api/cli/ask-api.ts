import { readConfig } from '#api/config.ts'
import { problemSchema } from '#api/http/problem.ts'

/** What ends a command for a person to read, with the exit code for a program. */
export class CommandFailed extends Error {
  readonly exitCode: number
  constructor(message: string, exitCode: number) {
    super(message)
    this.name = 'CommandFailed'
    this.exitCode = exitCode
  }
}

/** 1: nothing answers, or another fault. 2: asked wrongly. 3: there is no such thing. 4: the log holds an unknown event. */
const exitCodes: Readonly<Record<number, number>> = { 400: 2, 404: 3, 410: 3, 501: 4 }

/** Where the API is: as told, or by HOST and PORT of the environment. */
export const apiAddress = (url: string | undefined): string => {
  if (url !== undefined) return url
  const { HOST, PORT } = readConfig(process.env)
  return `http://${HOST}:${PORT}`
}

const failureOf = async (answer: Response): Promise<CommandFailed> => {
  const text = await answer.text()
  const isProblem = answer.headers.get('content-type')?.includes('problem+json')
  const said = isProblem ? problemSchema.parse(JSON.parse(text)).detail : `${answer.status} ${text}`
  return new CommandFailed(said, exitCodes[answer.status] ?? 1)
}

/** Asks the API; throws {@link CommandFailed} when nothing answers or the answer is a problem. */
export const askApi = async (base: string, path: string, init: RequestInit = {}): Promise<Response> => {
  const answer = await fetch(new URL(path, base), init).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new CommandFailed(`nothing answers at ${base}; is it running? (npm start)`, 1)
  })
  if (!answer.ok) throw await failureOf(answer)
  return answer
}
