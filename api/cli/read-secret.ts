import { text } from 'node:stream/consumers'
import { CommandFailed } from './command-failed.ts'

/** Reads keys one by one, so that nothing of them is shown. */
const typed = (stdin: NodeJS.ReadStream): Promise<string> =>
  new Promise((resolve, reject) => {
    let secret = ''
    const end = (done: () => void) => {
      stdin.setRawMode(false)
      stdin.pause()
      stdin.off('data', onKeys)
      process.stderr.write('\n')
      done()
    }
    const onKeys = (keys: string) => {
      for (const key of keys) {
        if (key === '\r' || key === '\n') return end(() => resolve(secret))
        if (key === '\u0003') return end(() => reject(new CommandFailed('nothing was changed')))
        secret = key === '\u007f' || key === '\b' ? secret.slice(0, -1) : secret + key
      }
    }
    stdin.setEncoding('utf8').setRawMode(true).resume().on('data', onKeys)
  })

/** A secret from the standard input: typed unseen, or the first line of what is piped in. Never from the command line, which others can see. */
export const readSecret = async (prompt: string): Promise<string> => {
  const { stdin } = process
  if (!stdin.isTTY) return (await text(stdin)).split(/\r?\n/)[0] ?? ''
  process.stderr.write(prompt)
  return typed(stdin)
}
