/** Aborted at the first SIGINT or SIGTERM; a second one ends the process at once. */
export const untilAsked = (): AbortSignal => {
  const asked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.once(signal, () => process.exit(130))
      asked.abort()
    })
  }
  return asked.signal
}
