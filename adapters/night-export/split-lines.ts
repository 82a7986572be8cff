/** A line so long that nothing of ours wrote it. */
export class LineTooLong extends Error {
  constructor(number: number, limit: number) {
    super(`line ${number} is longer than ${limit} bytes`)
    this.name = 'LineTooLong'
  }
}

// The store takes events of up to 16 MiB; base64 and escapes make them longer.
const limit = 64 * 1024 * 1024

/** Cuts bytes at their newlines; what comes after the last newline is a line too. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = []
  let size = 0
  let number = 1
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end)])
      begun = []
      size = 0
      number += 1
      start = end + 1
    }
    if (start === chunk.length) continue
    begun.push(chunk.subarray(start))
    size += chunk.length - start
    if (size > limit) throw new LineTooLong(number, limit)
  }
  if (size > 0) yield Buffer.concat(begun)
}
