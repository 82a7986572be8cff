import type { Pool } from 'pg'
import { listenToRunners } from './control.ts'

export type Lease = {
  /** Aborted when the lease is lost with its connection. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

/** Postgres then notices within about 4 s that the other machine is gone; a killed process it notices at once. */
const noticeDeath = `
  set tcp_keepalives_idle = 1; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3;
  set client_connection_check_interval = '1s'`

const lockOf = "(hashtext('noctuary.generation'), hashtext($1))"

type Open = {
  /** One question at a time: leases are asked for by many runners at once. */
  readonly ask: (sql: string, key: string) => Promise<boolean>
  readonly lost: AbortController
  readonly held: Set<string>
}

/**
 * One connection of a program that runs projections: it holds its leases and hears what other programs tell it. Postgres
 * gives all leases back by itself when the program dies.
 */
export class Session {
  readonly #pool: Pool
  readonly #onNotice: () => void
  #opening: Promise<Open> | null = null
  #close: () => void = () => {}

  constructor(pool: Pool, onNotice: () => void) {
    this.#pool = pool
    this.#onNotice = onNotice
  }

  /** The right to run what `key` names; null while another has it. The checkpoint's fence stays the last word. */
  async acquire(key: string): Promise<Lease | null> {
    const { ask, lost, held } = await this.#open()
    // Within one session a lock can be had twice.
    if (held.has(key)) return null
    held.add(key)
    try {
      if (!(await ask(`select pg_try_advisory_lock${lockOf} as done`, key))) held.delete(key)
    } catch (error) {
      held.delete(key)
      throw error
    }
    if (!held.has(key)) return null
    const release = async () => {
      if (lost.signal.aborted || !held.has(key)) return
      await ask(`select pg_advisory_unlock${lockOf} as done`, key).catch(() => {})
      held.delete(key)
    }
    return { lost: lost.signal, release }
  }

  /** Ends the connection, and with it every lease. */
  close(): void {
    this.#close()
  }

  #open(): Promise<Open> {
    this.#opening ??= this.#connect().catch((error) => {
      this.#opening = null
      throw error
    })
    return this.#opening
  }

  async #connect(): Promise<Open> {
    const client = await this.#pool.connect()
    const lost = new AbortController()
    const end = () => {
      if (lost.signal.aborted) return
      lost.abort(new Error('the connection that held the lease is lost'))
      this.#opening = null
      client.release(true)
      this.#onNotice()
    }
    client.once('end', end).on('error', end)
    client.on('notification', this.#onNotice)
    this.#close = end
    try {
      await client.query(noticeDeath)
      await listenToRunners(client)
    } catch (error) {
      end()
      throw error
    }
    let before: Promise<unknown> = Promise.resolve()
    const ask = (sql: string, key: string): Promise<boolean> => {
      const asked = before.then(async () => (await client.query(sql, [key])).rows[0].done)
      before = asked.catch(() => {})
      return asked
    }
    return { ask, lost, held: new Set() }
  }
}
