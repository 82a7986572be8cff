import path from 'node:path'
import { Command } from 'commander'
import { backupLog } from '#adapters/embedded-eventstore/tools/backup-log.ts'
import { logInfo } from '#adapters/embedded-eventstore/tools/log-info.ts'
import { verifyLog } from '#adapters/embedded-eventstore/tools/verify-log.ts'
import { type CopyProgress, copyLog } from '#adapters/eventstore/copy-log.ts'
import { readConfig } from '#api/config.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { bar, progressOn } from './progress.ts'
import { untilAsked } from './until-asked.ts'

type Folder = { data?: string }

const ownLog = (): string => path.join(readConfig(process.env).DATA_DIR, 'eventstore')

const say = (line: string) => process.stdout.write(`${line}\n`)

const table = (figures: Readonly<Record<string, unknown>>): string =>
  Object.entries(figures)
    .map(([name, value]) => `  ${name.padEnd(14)} ${value ?? 'none'}`)
    .join('\n')

const verify = async ({ data = ownLog() }: Folder): Promise<void> => {
  const { problems, segments, events, streams, bytes, tornBytes } = await verifyLog(data)
  say(table({ segments, events, streams, bytes, 'torn bytes': tornBytes }))
  if (problems.length > 0) throw new CommandFailed(problems.join('\n'), 'logDamaged')
  say('the log is sound')
}

const info = async ({ data = ownLog() }: Folder): Promise<void> => {
  const { folder, logId, firstEventAt, lastEventAt, lastPosition, holderPid, ...figures } =
    await logInfo(data)
  say(`${folder}, log ${logId}`)
  say(
    table({
      ...figures,
      'last position': lastPosition,
      'first event': firstEventAt,
      'last event': lastEventAt,
      'held by pid': holderPid,
    }),
  )
}

const backup = async ({ data = ownLog(), to }: Folder & { to: string }): Promise<void> => {
  const progress = progressOn(process.stderr)
  const { segments, bytes, copiedBytes } = await backupLog({
    from: data,
    to,
    onProgress: ({ doneBytes, totalBytes }) =>
      progress.show([bar(totalBytes === 0 ? 1 : doneBytes / totalBytes)]),
  })
  progress.end()
  say(`${to}: ${segments} segments, ${bytes} bytes, ${copiedBytes} of them new`)
}

const copyLine = ({ phase, events, position, endPosition }: CopyProgress): string =>
  `${phase.padEnd(10)} ${bar(endPosition === 0 ? 1 : Math.min(1, position / endPosition))}  ${events} events`

const copy = async ({ from, to }: { from: string; to: string }): Promise<void> => {
  const progress = progressOn(process.stderr)
  const { events, resumedBehind, verifiedStreams } = await copyLog({
    from,
    to,
    signal: untilAsked(),
    onProgress: (reached) => progress.show([copyLine(reached)]),
  })
  progress.end()
  const went = resumedBehind === undefined ? '' : `, going on behind position ${resumedBehind}`
  say(`${events} events copied${went}; ${verifiedStreams} streams are the same on both sides`)
}

const dataOption = ['--data <folder>', 'where the log is; by default that of DATA_DIR'] as const

export const logCommand = (): Command => {
  const log = new Command('log').description(
    'the log itself: check it, measure it, back it up, take it elsewhere',
  )
  log
    .command('verify')
    .description('read every byte of an embedded log and check it against itself; changes nothing')
    .option(...dataOption)
    .addHelpText('after', exitCodeHelp('logDamaged'))
    .action(verify)
  log
    .command('info')
    .description('what there is to know of an embedded log')
    .option(...dataOption)
    .action(info)
  log
    .command('backup')
    .description(
      'copy an embedded log, also from under a running observatory; a second time copies what is new',
    )
    .option(...dataOption)
    .requiredOption('--to <folder>', 'where the copy goes')
    .action(backup)
  log
    .command('copy')
    .description('copy all events from any EventStoreDB to any other and compare; interrupted, it goes on')
    .requiredOption('--from <url>', 'the source, esdb://host:port?tls=false')
    .requiredOption('--to <url>', 'the target')
    .action(copy)
  return log
}
