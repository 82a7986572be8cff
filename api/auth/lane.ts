/** The lane is full: try again in a moment. */
export class LaneFull extends Error {
  constructor() {
    super('too much is waiting')
    this.name = 'LaneFull'
  }
}

/** Lets `width` pieces of work go at once and `waiting` more wait, in turn; any more is {@link LaneFull} at once. */
export const makeLane = (width: number, waiting: number) => {
  let going = 0
  const queue: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (going >= width) {
      if (queue.length >= waiting) throw new LaneFull()
      await new Promise<void>((resolve) => queue.push(resolve))
    } else going += 1
    try {
      return await work()
    } finally {
      // A place is handed on, not given back, so nobody slips in between.
      const next = queue.shift()
      if (next) next()
      else going -= 1
    }
  }
}
