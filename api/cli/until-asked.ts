/** One Ctrl-C can arrive twice: from the terminal and once more from npm. A later one means it. */
const sameWishMs = 1_000

/** Aborted at the first SIGINT or SIGTERM; another one, a second later or more, ends the process at once. */
export const untilAsked = (): AbortSignal => {
  const asked = new AbortController()
  let first = 0
  const wish = () => {
    if (asked.signal.aborted && performance.now() - first > sameWishMs) process.exit(130)
    if (asked.signal.aborted) return
    first = performance.now()
    asked.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, wish)
  return asked.signal
}
