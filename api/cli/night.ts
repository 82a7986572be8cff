import { Command, Option } from 'commander'
import { readConfig } from '#api/config.ts'
import { nightOf } from '#domain/shared/night.ts'
import { instantOf } from '#domain/shared/time.ts'
import { apiAddress, askApi } from './ask-api.ts'
import { exitCodeHelp } from './exit-codes.ts'

export const tonight = (): string => nightOf(instantOf(Date.now()), readConfig(process.env).SITE.timeZone)

const night = async (
  named: string | undefined,
  { url, json, html }: { url?: string; json?: true; html?: true },
): Promise<void> => {
  const accept = json ? 'application/json' : html ? 'text/html' : 'text/plain'
  const path = `/api/nights/${encodeURIComponent(named ?? tonight())}/report`
  const answer = await askApi(apiAddress(url), path, { headers: { accept } })
  process.stdout.write(`${await answer.text()}\n`)
}

export const nightCommand = (): Command =>
  new Command('night')
    .description(
      'what became of a night: its course, observations, plans, alerts, devices, hours lost and to what',
    )
    .argument('[date]', 'of its evening at the site, e.g. 2026-11-20; this night when left out')
    .addOption(new Option('--json', 'for a program').conflicts('html'))
    .option('--html', 'a page that needs nothing beside itself: noctuary night --html > night.html')
    .option('--url <address>', 'of the API; by default HOST and PORT of the environment')
    .addHelpText('after', exitCodeHelp('badInput', 'nightUnknown', 'logAway', 'undecodable'))
    .action(night)
