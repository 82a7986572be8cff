import { Command } from 'commander'
import { apiAddress, onBehalfOf, tellApi } from './ask-api.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { tonight } from './night.ts'

const note = async (words: readonly string[], { url, user }: { url?: string; user?: string }) => {
  const night = tonight()
  const body = { text: words.join(' ') }
  await tellApi(apiAddress(url), 'POST', `/api/nights/${night}/notes`, body, onBehalfOf(user))
  process.stdout.write(`written into the log of the night of ${night}\n`)
}

export const noteCommand = (): Command =>
  new Command('note')
    .description('writes a line into the log of this night, for all who listen and for its report')
    .argument('<text...>', 'e.g. the seeing is better than forecast')
    .option('--user <id>', 'who says it; by default local')
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .addHelpText('after', exitCodeHelp('badInput', 'refused', 'notAllowed', 'logAway'))
    .action(note)
