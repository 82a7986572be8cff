import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Command } from 'commander'
import { readConfig } from '#api/config.ts'
import { consoleAddress } from '#api/console/address.ts'
import { type Hello, notDone } from '#api/console/hello.ts'
import { CommandFailed } from './command-failed.ts'

/** A line to the console of the observatory that runs on this data folder. */
export const reachConsole = async (hello: Hello): Promise<Socket> => {
  const { DATA_DIR } = readConfig(process.env)
  const socket = connect(consoleAddress(DATA_DIR)).setEncoding('utf8')
  try {
    await once(socket, 'connect')
  } catch {
    throw new CommandFailed(
      `no observatory with an API runs on ${DATA_DIR} (DATA_DIR); is it running? (npm start)`,
    )
  }
  socket.write(`${JSON.stringify(hello)}\n`)
  return socket
}

/** Shows what comes until it ends; says whether it was done. */
const show = async (socket: Socket): Promise<boolean> => {
  let done = true
  socket.on('data', (text: string) => {
    done = !text.endsWith(notDone)
    process.stdout.write(done ? text : text.slice(0, -notDone.length))
  })
  await once(socket, 'close')
  return done
}

const run = async (words: readonly string[], { as }: { as: string }): Promise<void> => {
  if (words.length > 0) {
    const socket = await reachConsole({ wants: 'console', as, prompts: false, once: words.join(' ') })
    if (!(await show(socket))) process.exitCode = 1
    return
  }
  const socket = await reachConsole({ wants: 'console', as, prompts: process.stdin.isTTY === true })
  process.stdin.pipe(socket)
  await show(socket)
  process.stdin.unpipe(socket).destroy()
}

export const consoleCommand = (): Command =>
  new Command('console')
    .description(
      'a console of the running observatory: look around, follow, take over; help says what there is',
    )
    .argument('[command...]', 'one command instead of a conversation, e.g. night')
    .option('--as <user>', 'whose name stands in the log for what is changed', 'local')
    .action(run)
