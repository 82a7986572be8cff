import type { Effect } from './process.ts'
import type { ProcessEvent } from './process-events.ts'

type Command = Readonly<Record<string, unknown>> & { readonly type: string }

/** What a command is about, by the names such things have. */
const subjects = ['sequenceId', 'requestId', 'trigger', 'phase', 'mode', 'device'] as const

const worded = (type: string): string =>
  type.replaceAll(/(?<=.)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).toLowerCase()

/** `ask visible-camera to expose`; `abort observation m31.1`. */
const commandWords = (command: Command): string => {
  if (command.type === 'AskDevice') return `ask ${command['device']} to ${command['name']}`
  const subject = subjects.map((name) => command[name]).find((value) => typeof value === 'string')
  return `${worded(command.type)}${subject === undefined ? '' : ` ${subject}`}`
}

const clockTime = (instant: string): string => `${instant.slice(11, 19)} UTC`

/** Commands are what matters; timers are told of where there is nothing else. */
const decided = (effects: readonly Effect<Command>[]): string => {
  const commands = effects.flatMap((effect) =>
    effect.kind === 'dispatch' ? [commandWords(effect.command)] : [],
  )
  const timers = effects.flatMap((effect) =>
    effect.kind === 'wakeAt' ? [`look again at ${clockTime(effect.at)} (${effect.timer})`] : [],
  )
  if (commands.length > 0)
    return `decided to ${commands.join(', ')}${timers.length > 0 ? ', and when to look again' : ''}`
  if (timers.length > 0) return `decided to ${timers.join(', ')}`
  const dropped = effects.flatMap((effect) => (effect.kind === 'cancel' ? [effect.timer] : []))
  return `no longer waits for ${dropped.join(', ')}`
}

/** What an event of a process manager says, as one sentence in the observatory's log. */
export const processSentence = (event: ProcessEvent): string => {
  const whose = event.data.process
  switch (event.type) {
    case 'ProcessReacted':
      return `${whose} ${decided(event.data.effects)}`
    case 'TimerFired':
      return `it was ${clockTime(event.data.dueAt)}, when ${whose} wanted to look again (${event.data.timer})`
    case 'ProcessCommandRefused':
      return `${whose} could not ${worded(event.data.command)} (${event.data.code}): ${event.data.why}`
  }
}
