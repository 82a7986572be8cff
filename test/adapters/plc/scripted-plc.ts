import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What the PLC does when question number `n`, from 0, arrives; the questions of all connections are counted together. */
export type Script = (socket: Socket, n: number) => void

/** A real listener that does to its clients what no honest PLC would. Closed when the test ends. */
export const scriptedPlc = async (script: Script, greet: (socket: Socket) => void = () => {}) => {
  const received: string[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => socket.destroy())
    greet(socket)
    socket.on('data', (chunk) => {
      received.push(chunk.toString())
      script(socket, received.length - 1)
    })
  })
  const port = await listening(server)
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { host: '127.0.0.1', port, received, sockets }
}

const listening = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address === 'object' && address) return address.port
  throw new Error('it listens nowhere')
}

/** A status that can be told apart from others by its date. */
export const statusDated = (date: string) =>
  JSON.stringify([
    { name: 'STATUS', from: 'Beckhoff', version_firmware: '20170809', site: 'OSM-Mexico', date, device: [] },
  ])
