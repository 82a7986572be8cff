import type { PartOrder } from '#domain/operation/events.ts'
import type { Part, PartStatus } from './part.ts'

export type Restartable<P extends Part> = Part & {
  /** What runs now; null while it is stopped. */
  now(): P | null
  order(order: PartOrder): Promise<void>
}

/** A part of this process that people may stop, start and start anew. One order is done after another. */
export const restartable = <P extends Part>(name: string, make: () => P): Restartable<P> => {
  let current: P | null = make()
  let over = false
  let last: Promise<void> = Promise.resolve()
  const stopped: PartStatus = { name, state: 'stopped', detail: 'stopped by hand' }

  const halt = async () => {
    const ending = current
    current = null
    await ending?.stop()
  }
  const obey = async (order: PartOrder) => {
    if (over) return
    if (order !== 'start') await halt()
    if (order !== 'stop') current ??= make()
  }
  return {
    now: () => current,
    status: () => current?.status() ?? stopped,
    order: (order) => {
      const done = last.then(() => obey(order))
      last = done.catch(() => {})
      return done
    },
    stop: async () => {
      over = true
      await last
      await halt()
    },
  }
}
