/** A file that ends before its end. */
export class ExportTruncated extends Error {
  constructor(file: string, detail: string) {
    super(`${file} is truncated: ${detail}; nothing was imported`)
    this.name = 'ExportTruncated'
  }
}

/** A file that is not as it was written. */
export class ExportTampered extends Error {
  constructor(file: string, detail: string) {
    super(`${file} was changed after it was written: ${detail}; nothing was imported`)
    this.name = 'ExportTampered'
  }
}

/** No export, or one of a version that this program does not know. */
export class ExportFormatUnknown extends Error {
  constructor(file: string, detail: string) {
    super(`${file} cannot be read: ${detail}; nothing was imported`)
    this.name = 'ExportFormatUnknown'
  }
}

/** Signed by nobody we know, or not by who it says. */
export class SignatureWrong extends Error {
  constructor(file: string, detail: string) {
    super(`the signature of ${file} does not hold: ${detail}; nothing was imported`)
    this.name = 'SignatureWrong'
  }
}

/** The port to an export that exists. */
export type ExportSource = {
  /** For people. */
  readonly name: string
  /**
   * Every line from the first, without its newline, as the bytes it is; may be asked for again. Rejects with
   * {@link ExportTruncated}, {@link ExportTampered} or {@link ExportFormatUnknown} where it cannot be unpacked.
   */
  lines(): AsyncIterable<Buffer>
}

/** The port to an export being written. Nobody sees it before `finish`. */
export type ExportSink = {
  /** Takes a line without its newline; resolves when there is room for another. */
  write(line: string): Promise<void>
  finish(): Promise<void>
  discard(): Promise<void>
}
