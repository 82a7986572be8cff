import type { Effect } from './process.ts'
import type { ProcessEvent } from './process-events.ts'

const told = (effect: Effect<{ readonly type: string }>): string => {
  switch (effect.kind) {
    case 'dispatch':
      return effect.command.type
    case 'wakeAt':
      return `timer ${effect.timer} at ${effect.at.slice(11, 19)} UTC`
    case 'cancel':
      return `no timer ${effect.timer}`
  }
}

/** What an event of a process manager says, as one sentence in the observatory's log. */
export const processSentence = (event: ProcessEvent): string => {
  const whose = `${event.data.process} (${event.data.instance})`
  switch (event.type) {
    case 'ProcessReacted':
      return `${whose} decided: ${event.data.effects.map(told).join(', ')}`
    case 'TimerFired':
      return `timer ${event.data.timer} of ${whose} was due at ${event.data.dueAt.slice(11, 19)} UTC`
    case 'ProcessCommandRefused':
      return `${event.data.command} of ${whose} was refused (${event.data.code}): ${event.data.why}`
  }
}
