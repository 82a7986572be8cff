import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'

export type TcpAddress = { host: string; port: number }

/** A listening socket that can vanish with all its connections and come back on the same port. */
export class TcpServer {
  readonly #serve: (socket: Socket) => void
  readonly #clients = new Set<Socket>()
  #server: Server | undefined

  constructor(serve: (socket: Socket) => void) {
    this.#serve = serve
  }

  get listening(): boolean {
    return this.#server !== undefined
  }

  async open({ host, port }: TcpAddress): Promise<TcpAddress> {
    const server = createServer({ noDelay: true }, (socket) => this.#welcome(socket))
    server.listen({ host, port })
    await once(server, 'listening')
    this.#server = server
    const address = server.address()
    return { host, port: typeof address === 'object' && address ? address.port : port }
  }

  /** Drops every connection and frees the port; resolves when another may bind it. */
  async close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    for (const client of this.#clients) client.destroy()
    if (!server) return
    server.close()
    await once(server, 'close')
  }

  #welcome(socket: Socket): void {
    this.#clients.add(socket)
    socket.on('close', () => this.#clients.delete(socket))
    // A client that goes away in the middle is its own business.
    socket.on('error', () => socket.destroy())
    this.#serve(socket)
  }
}
