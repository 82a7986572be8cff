import { Command } from 'commander'
import { exportSource } from '#adapters/night-export/export-source.ts'
import { ownFingerprint, signatureCheck } from '#adapters/signing/ed25519.ts'
import { readConfig } from '#api/config.ts'
import { importNight } from '#commands/night/import-night.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { ending } from './night-exit.ts'
import { withEventStore } from './with-event-store.ts'

const trustSaying = (fingerprint: string, trust: string | undefined, own: string | null): string => {
  if (fingerprint === trust) return 'trusted'
  return fingerprint === own ? "this observatory's own" : 'unknown here; --trust insists on a key'
}

const importOne = async (file: string, { trust }: { trust?: string }): Promise<void> => {
  const config = readConfig(process.env)
  await withEventStore(config, async (store) => {
    const done = await importNight({
      log: store.nights,
      source: exportSource(file),
      check: signatureCheck,
      ...(trust === undefined ? {} : { trust }),
    })
    const { night, site, events, appended, rootHash, fingerprint } = done
    const own = await ownFingerprint(config.DATA_DIR)
    const there = appended < events ? `, ${events - appended} were there before` : ''
    process.stdout.write(
      `night of ${night} at ${site}: ${appended} of ${events} events appended${there}\n` +
        `root  ${rootHash}\nkey   ${fingerprint} (${trustSaying(fingerprint, trust, own)})\n`,
    )
  })
}

export const importCommand = (): Command =>
  new Command('import')
    .description('put an exported night into a log without it: the same events in the same streams')
    .argument('<file>', 'what noctuary export wrote')
    .option('--trust <fingerprint>', 'take it only if it was signed with this key')
    .addHelpText(
      'after',
      exitCodeHelp('truncated', 'tampered', 'signature', 'formatUnknown', 'notEmpty', 'logAway'),
    )
    .action(ending(importOne))
