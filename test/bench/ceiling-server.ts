import { createServer } from 'node:http2'

/**
 * The ceiling for any event store in Node: answers every Read with the same pre-encoded frames from memory,
 * in writes as large as they come, and does nothing else. Run as a process of its own.
 *
 * The frames arrive on stdin; then one line with the port goes to stdout.
 */
const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk)
const frames = Buffer.concat(chunks)
const step = 65_536

const server = createServer()
server.on('sessionError', () => {})
server.on('stream', (stream, headers) => {
  stream.on('error', () => {})
  stream.resume()
  if (!headers[':path']?.endsWith('/Read')) {
    const unimplemented = { ':status': 200, 'content-type': 'application/grpc+proto', 'grpc-status': 12 }
    stream.respond(unimplemented, { endStream: true })
    return
  }
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': 0 }))
  let at = 0
  const more = (): void => {
    while (at < frames.length) {
      const end = Math.min(frames.length, at + step)
      const ready = stream.write(frames.subarray(at, end))
      at = end
      if (!ready && stream.writableLength > 4 * step) {
        stream.once('drain', more)
        return
      }
    }
    stream.end()
  }
  more()
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' ? address?.port : 0}\n`)
})
