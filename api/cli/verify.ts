import { Command } from 'commander'
import type { OpenEventStore } from '#adapters/eventstore/event-store.ts'
import { readConfig } from '#api/config.ts'
import { nightFrom } from '#commands/night/night-name.ts'
import { sealedNights, verifyNight } from '#commands/night/verify-night.ts'
import type { Difference, SealCheck } from '#domain/night/seal-check.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { ending, endWith } from './night-exit.ts'
import { withEventStore } from './with-event-store.ts'

type Options = { readonly all?: true; readonly json?: true }

const words = { changed: 'was changed', missing: 'is missing', added: 'came after the seal' } as const

const named = ({ kind, stream, revision, id, type }: Difference): string =>
  `event ${revision} of ${stream}${id ? ` (${type}, ${id})` : ''} ${words[kind]}`

const shown = (night: string, check: SealCheck): string => {
  const { outcome, sealedCount, changed, missing, added, first, sealFault, rootHash } = check
  const counts = `${sealedCount} events sealed, ${changed} changed, ${missing} missing, ${added} after the seal`
  const faults = [
    ...(sealFault ? [`the seal itself is at fault: ${sealFault}`] : []),
    ...(first ? [`first: ${named(first)}`] : []),
  ]
  return [`${night}  ${outcome.toUpperCase()}  ${counts}`, `root  ${rootHash}`, ...faults].join('\n  ')
}

const verifyOne = async (store: OpenEventStore, site: string, night: string, { json }: Options) => {
  const check = await verifyNight(store.nights, { site, night })
  process.stdout.write(`${json ? JSON.stringify({ night, ...check }) : shown(night, check)}\n`)
  return check.outcome
}

const verify = async (given: string | undefined, options: Options): Promise<void> => {
  const night = given === undefined ? null : nightFrom(given)
  if ((night === null) !== (options.all === true))
    throw new CommandFailed('name a night, or say --all', 'badInput')
  const config = readConfig(process.env)
  await withEventStore(config, async (store) => {
    const site = config.SITE.id
    const nights = night === null ? await sealedNights(store.nights, site) : [night]
    if (nights.length === 0) process.stdout.write(`no night of ${site} is sealed\n`)
    const outcomes = new Set<SealCheck['outcome']>()
    for (const each of nights) outcomes.add(await verifyOne(store, site, each, options))
    if (outcomes.has('differs')) endWith('differs')
    else if (outcomes.has('late')) endWith('late')
  })
}

export const verifyCommand = (): Command =>
  new Command('verify')
    .description('hash a sealed night again and name the first event that is not as it was sealed')
    .argument('[night]', 'the date of its evening, e.g. 2026-11-21')
    .option('--all', 'every sealed night')
    .option('--json', 'one line of JSON a night')
    .addHelpText('after', exitCodeHelp('badInput', 'differs', 'notSealed', 'nightUnknown', 'late', 'logAway'))
    .action(ending(verify))
