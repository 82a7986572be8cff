import { Command } from 'commander'
import { openExportSink } from '#adapters/night-export/export-sink.ts'
import { ownSigner } from '#adapters/signing/ed25519.ts'
import { readConfig } from '#api/config.ts'
import { exportNight } from '#commands/night/export-night.ts'
import { nightFrom } from '#commands/night/night-name.ts'
import type { SealCheck } from '#domain/night/seal-check.ts'
import { instantOf } from '#domain/shared/time.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { ending, endWith } from './night-exit.ts'
import { withEventStore } from './with-event-store.ts'

const sealSaying = (check: SealCheck | null): string => {
  switch (check?.outcome) {
    case undefined:
      return 'not sealed: more of it may still come'
    case 'intact':
      return 'as it was sealed'
    case 'late':
      return `sealed, and ${check.added} events came after the seal`
    case 'differs':
      return 'NOT as it was sealed; noctuary verify says more'
  }
}

const exportOne = async (text: string, { out }: { out?: string }): Promise<void> => {
  const night = nightFrom(text)
  const config = readConfig(process.env)
  const site = config.SITE.id
  const file = out ?? `${site}-${night}.noctuary.gz`
  await withEventStore(config, async (store) => {
    const signer = await ownSigner(config.DATA_DIR)
    const sink = await openExportSink(file)
    const parts = { log: store.nights, sink, signer, at: instantOf(Date.now()) }
    const { events, rootHash, fingerprint, check } = await exportNight({ site, night }, parts)
    process.stdout.write(
      `${file}: ${events} events, ${sealSaying(check)}\nroot  ${rootHash}\nkey   ${fingerprint}\n`,
    )
    if (check?.outcome === 'differs') endWith('differs')
  })
}

export const exportCommand = (): Command =>
  new Command('export')
    .description(
      'write a night into one file: its events, their root hash, and the signature of this observatory',
    )
    .argument('<night>', 'the date of its evening, e.g. 2026-11-21')
    .option('--out <file>', 'by default <site>-<night>.noctuary.gz here')
    .addHelpText('after', exitCodeHelp('badInput', 'differs', 'nightUnknown', 'logAway'))
    .action(ending(exportOne))
