import { Command } from 'commander'
import { readConfig } from '#api/config.ts'
import { judgeAnew } from '#commands/night/judge-anew.ts'
import { nightFrom } from '#commands/night/night-name.ts'
import { withSettings } from '#domain/environment/limit-settings.ts'
import type { VerdictDifference } from '#domain/environment/verdict-differences.ts'
import type { Counterfactual } from '#domain/environment/what-if.ts'
import { CommandFailed } from './command-failed.ts'
import { exitCodeHelp } from './exit-codes.ts'
import { ending, endWith } from './night-exit.ts'
import { withEventStore } from './with-event-store.ts'

type Options = { readonly set: readonly string[]; readonly json?: true; readonly check?: true }

const differencesShown = 40

const time = (instant: string | null): string => instant?.slice(11, 19) ?? '—'
const inMinutes = (value: number): string => `${value.toFixed(1)} min`

const side = ({ state, reasons: [worst] }: VerdictDifference['recorded']): string =>
  `${state.toUpperCase()}${worst ? `, ${worst}` : ''}`

const differenceShown = ({ from, to, recorded, whatIf }: VerdictDifference): string =>
  `  ${time(from)} to ${time(to)}\n    recorded  ${side(recorded)}\n    what if   ${side(whatIf)}`

const rulesSaying = ({ rules: { recorded, base } }: Counterfactual): string[] =>
  recorded.length === 1 && recorded[0] === base
    ? []
    : [`beware: it was judged by ${recorded.join(' and ')}, and the limits set here are ${base}`]

const shown = (night: string, set: readonly string[], found: Counterfactual): string => {
  const { from, to, polls, openMinutes, differences } = found
  const more = differences.length - differencesShown
  return [
    `night of ${night}, ${polls} polls from ${time(from)} to ${time(to)} UTC, ${inMinutes(openMinutes.judged)} judged`,
    ...rulesSaying(found),
    `what if ${set.join(', ') || 'nothing were different'} (${found.rules.whatIf})`,
    `  might be open   recorded ${inMinutes(openMinutes.recorded)}, what if ${inMinutes(openMinutes.whatIf)}`,
    `  open gained     ${inMinutes(openMinutes.gained)}`,
    `  unsafe gained   ${inMinutes(openMinutes.unsafeGained)} open that the recorded rules had closed`,
    `  lost            ${inMinutes(openMinutes.lost)} closed that the recorded rules had open`,
    `verdicts that differ: ${differences.length}`,
    ...differences.slice(0, differencesShown).map(differenceShown),
    ...(more > 0 ? [`  and ${more} more; --json has them all`] : []),
  ].join('\n')
}

const checkSaying = ({ deviation, polls }: Counterfactual): string =>
  deviation
    ? `at ${deviation.at} the log has ${deviation.recorded ?? 'nothing more'}, judging anew gives ` +
      `${deviation.judged ?? 'nothing more'}${deviation.recorded === deviation.judged ? ' with other data' : ''}`
    : `${polls} polls judged anew: every event comes out as it was recorded`

const whatIf = async (text: string, { set, json, check }: Options): Promise<void> => {
  const night = nightFrom(text)
  if (check && set.length > 0)
    throw new CommandFailed('--check judges by the limits in force; leave --set out', 'badInput')
  const config = readConfig(process.env)
  const base = config.SAFETY_LIMITS
  const rules = withSettings(base, set)
  const found = await withEventStore(config, (store) =>
    judgeAnew({ site: config.SITE.id, night }, { store, log: store.nights, base, rules }),
  )
  const lines = check ? [...rulesSaying(found), checkSaying(found)].join('\n') : shown(night, set, found)
  process.stdout.write(`${json ? JSON.stringify({ night, ...found }) : lines}\n`)
  if (check && found.deviation) endWith('differs')
}

const collected = (value: string, before: readonly string[]): string[] => [...before, value]

export const whatIfCommand = (): Command =>
  new Command('what-if')
    .description("judge a night's readings anew under other limits, and say what would have been different")
    .argument('<night>', 'the date of its evening, e.g. 2026-11-21')
    .option(
      '--set <quantity.limit=number>',
      'e.g. wind.unsafeKmh=45; several times if need be',
      collected,
      [],
    )
    .option('--check', 'by the limits in force: every event must come out as it was recorded')
    .option('--json', 'all of it as JSON')
    .addHelpText('after', exitCodeHelp('badInput', 'differs', 'nightUnknown', 'logAway', 'undecodable'))
    .action(ending(whatIf))
