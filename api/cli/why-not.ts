import { Command } from 'commander'
import { whyNotSchema } from '#api/http/why-not.ts'
import { apiAddress, askApi } from './ask-api.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { instantFrom } from './night-from.ts'

type Options = { at?: string; url?: string; json?: boolean }

const whyNot = async (sequence: string, { at, url, json }: Options): Promise<void> => {
  const query = at ? `?${new URLSearchParams({ at })}` : ''
  const path = `/api/sequences/${encodeURIComponent(sequence)}/why-not${query}`
  const answer = whyNotSchema.parse(await (await askApi(apiAddress(url), path)).json())
  const { planned, night, version, code, text, remedy } = answer
  const plan = version === null ? `the plan of ${night}` : `version ${version} of the plan of ${night}`
  const lines = planned
    ? [`${sequence} is in ${plan}: ${text}`]
    : [
        `${sequence} is not in ${plan}: ${code}`,
        `  ${text}`,
        ...(remedy ? [`  what would change that: ${remedy}`] : []),
      ]
  process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : `${lines.join('\n')}\n`)
}

export const whyNotCommand = (): Command =>
  new Command('why-not')
    .description('why a sequence is not in the plan, with figures and what would have to change')
    .argument('<sequence>', 'its id: the request’s, a dot, and its number in it')
    .option('--at <instant>', 'as it was known then', instantFrom)
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .option('--json', 'as JSON')
    .addHelpText('after', exitCodeHelp('badInput', 'logAway'))
    .action(whyNot)
