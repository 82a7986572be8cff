/** The folder cannot be used as it is; the message says what is wrong and where. */
export class LogUnusable extends Error {
  override name = 'LogUnusable'
}

/** A record on disk is not what was written. */
export class LogDamaged extends LogUnusable {
  override name = 'LogDamaged'
}

/** The disk had no room for these events; nothing of them is kept. */
export class DiskFull extends Error {
  override name = 'DiskFull'
}

/** The log has stopped: whether the last events are on disk is not known. */
export class LogStopped extends Error {
  override name = 'LogStopped'
}

export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
