import { once } from 'node:events'
import { chmod, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { consoleAddress, makeConsoleFolder } from './address.ts'
import type { ConsoleParts } from './command.ts'
import { type Hello, helloSchema, notDone } from './hello.ts'
import { introspect } from './introspect.ts'
import { Session } from './session.ts'

/** What may wait for a console that does not read; more, and it is left. */
const mostWaiting = 4 * 1024 * 1024

const helloFrom = (line: string): Hello | null => {
  try {
    return helloSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}

const converse = async (
  parts: ConsoleParts,
  { as, prompts, once: command }: Extract<Hello, { wants: 'console' }>,
  socket: Socket,
  lines: AsyncIterator<string>,
): Promise<void> => {
  const write = (text: string) => {
    socket.write(text)
    if (socket.writableLength > mostWaiting) socket.destroy()
  }
  const session = new Session({ parts, actor: { kind: 'user', id: as }, prompts, write })
  socket.once('close', () => session.leave())
  if (command !== undefined) {
    const done = await session.run(command)
    return void socket.end(done ? '' : notDone)
  }
  for (let line = await lines.next(); !line.done; line = await lines.next()) session.type(line.value)
  session.end()
  await session.over
  socket.end()
}

const attend = async (parts: ConsoleParts, socket: Socket): Promise<void> => {
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]()
  const { value } = await lines.next()
  const hello = helloFrom(value ?? '')
  if (!hello) socket.end('error: the first line is no hello of a console; use noctuary console\n')
  else if (hello.wants === 'console') await converse(parts, hello, socket, lines)
  else await introspect(parts, socket)
}

/** Whether somebody answers there. */
const isTaken = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(address)
    const told = (taken: boolean) => () => {
      socket.destroy()
      resolve(taken)
    }
    socket.once('connect', told(true)).once('error', told(false))
  })

export class ConsoleTaken extends Error {}

const listen = async (server: Server, dataDir: string): Promise<string> => {
  const address = consoleAddress(dataDir)
  await makeConsoleFolder(dataDir)
  if (await isTaken(address)) throw new ConsoleTaken(`another process has the console at ${address}`)
  await rm(address, { force: true })
  server.listen(address)
  await once(server, 'listening')
  await chmod(address, 0o600)
  return address
}

/**
 * Opens the console of a data folder, for who owns it and nobody else (K13): a Unix socket in a folder of its owner's.
 * Gives back where it is and how to close it.
 */
export const startConsole = async (
  dataDir: string,
  parts: ConsoleParts,
): Promise<{ readonly address: string; readonly close: () => Promise<void> }> => {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket)).on('error', () => socket.destroy())
    attend(parts, socket).catch(() => socket.destroy())
  })
  const address = await listen(server, dataDir)
  const close = async () => {
    for (const socket of open) socket.destroy()
    server.close()
    await once(server, 'close')
  }
  return { address, close }
}
