import { Command } from 'commander'
import { readConfig } from '#api/config.ts'
import { nightFrom } from '#commands/night/night-name.ts'
import { sealNight } from '#commands/night/seal-night.ts'
import { nightOf } from '#domain/shared/night.ts'
import { instantOf } from '#domain/shared/time.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { ending } from './night-exit.ts'
import { withEventStore } from './with-event-store.ts'

const seal = async (text: string): Promise<void> => {
  const night = nightFrom(text)
  const config = readConfig(process.env)
  const at = instantOf(Date.now())
  const actor = { kind: 'program', id: 'noctuary seal' } as const
  const current = nightOf(at, config.SITE.timeZone)
  const { already, sealed } = await withEventStore(config, (store) =>
    sealNight({ site: config.SITE.id, night, at, current, actor }, { store, log: store.nights }),
  )
  process.stdout.write(
    `${already ? 'was sealed before' : 'sealed'}: ${sealed.count} events in ${sealed.streams.length} streams\n` +
      `root  ${sealed.rootHash}\n`,
  )
}

export const sealCommand = (): Command =>
  new Command('seal')
    .description('put the hashes of a night that is over on record; a running observatory does so by itself')
    .argument('<night>', 'the date of its evening, e.g. 2026-11-21')
    .addHelpText('after', exitCodeHelp('badInput', 'nightUnknown', 'notOver', 'logAway'))
    .action(ending(seal))
