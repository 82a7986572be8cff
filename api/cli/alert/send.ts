import { readFile } from 'node:fs/promises'
import { type AuthorAnswer, sendAsAuthor } from '#adapters/vtp/author.ts'
import { addressText, type VtpAddress } from '#adapters/vtp/connect.ts'
import { CommandFailed } from '../command-failed.ts'
import { untilAsked } from '../until-asked.ts'

const sayAnswer = (answer: AuthorAnswer): void => {
  switch (answer.answer) {
    case 'ack':
      process.stdout.write(`accepted by ${answer.by ?? 'a broker without a name'}\n`)
      return
    case 'nak':
      throw new CommandFailed(`refused: ${answer.reason ?? 'without a reason'}`, 'notAccepted')
    case 'none':
      throw new CommandFailed(
        `no answer (${answer.reason}); it may have been taken all the same, so send the same file again`,
        'noAnswer',
      )
  }
}

/** Sends a file to a broker as its author; throws {@link CommandFailed} unless it was accepted. */
export const sendNotice = async (
  file: string,
  { to, timeout }: { readonly to: VtpAddress; readonly timeout: number },
): Promise<void> => {
  const raw = await readFile(file).catch((error: unknown) => {
    throw new CommandFailed(error instanceof Error ? error.message : `${error}`, 'badInput')
  })
  const options = { timeoutMs: timeout * 1_000, signal: untilAsked() }
  const answer = await sendAsAuthor(raw, to, options).catch((error: unknown) => {
    throw new CommandFailed(
      `nothing takes notices at ${addressText(to)}: ${error instanceof Error ? error.message : error}`,
      'noAnswer',
    )
  })
  sayAnswer(answer)
}
