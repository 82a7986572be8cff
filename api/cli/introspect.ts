import { once } from 'node:events'
import { Command } from 'commander'
import { reachConsole } from './console.ts'

const run = async (): Promise<void> => {
  const socket = await reachConsole({ wants: 'introspection' })
  socket.pipe(process.stdout)
  await once(socket, 'close')
}

export const introspectCommand = (): Command =>
  new Command('introspect')
    .description(
      'what runs and what flows where, as lines: DEL ALL, then DEL LINK, DEL NODE, ADD NODE, ADD LINK as it changes',
    )
    .action(run)
