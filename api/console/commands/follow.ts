import { once } from 'node:events'
import { printable } from '#api/cli/printable.ts'
import type { LiveItem } from '#api/live/item.ts'
import type { Subscription } from '#domain/live/subscription.ts'
import type { ConsoleCommand } from '../command.ts'

const orAny = (text: string | undefined): string | null =>
  text === undefined || text === '' || text === '*' ? null : text

const wanted = (text: string | undefined): Subscription => {
  if (text?.startsWith('#')) return { sender: null, event: text }
  const [sender, event] = text?.split(':') ?? []
  return { sender: orAny(sender), event: orAny(event) }
}

const line = (item: LiveItem): string => {
  const { time, sender, type, id, sentence, position } = item.cloud()
  return printable(`${time}  ${sender}  ${position ? id : '-'}  ${type}${sentence ? `: ${sentence}` : ''}`)
}

export const follow: ConsoleCommand = {
  usage: 'follow [sender:event | #channel]',
  about: 'what is said from now on, until Enter; all of it, or of one sender, or on one channel',
  endless: true,
  run: async ({ input, parts: { hub }, print, signal }) => {
    const stop = hub.router.listen({ wants: [wanted(input.words[1])], hear: (item) => print(line(item)) })
    try {
      if (!signal.aborted) await once(signal, 'abort')
    } finally {
      stop()
    }
  },
}
