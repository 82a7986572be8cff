import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { HttpProblem } from '#api/http/problem.ts'
import { builtPage } from './build.ts'
import { places, signInPath } from './page/places.ts'

type File = {
  readonly type: string
  readonly bytes: Buffer
  readonly zipped: Buffer
  readonly etag: string
}
type Files = ReadonlyMap<string, File>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

// The page loads what this server has and nothing else; what people typed in can never become code of it.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const fileAt = async (place: string): Promise<File> => {
  const bytes = await readFile(place)
  return {
    type: types[path.extname(place)] ?? 'application/octet-stream',
    bytes,
    zipped: await promisify(gzip)(bytes),
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  }
}

/** All of the built page, in memory: it is small, and nobody can take it away while it is served. */
const readPage = async (folder: string): Promise<Files> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const read = files.map(async ({ parentPath, name }) => {
    const place = path.join(parentPath, name)
    return [`/${path.relative(folder, place)}`, await fileAt(place)] as const
  })
  return new Map(await Promise.all(read))
}

const sendFile = (file: File, caching: string, request: FastifyRequest, reply: FastifyReply) => {
  reply.header('etag', file.etag).header('cache-control', caching).header('vary', 'accept-encoding')
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send()
  reply.type(file.type)
  return `${request.headers['accept-encoding']}`.includes('gzip')
    ? reply.header('content-encoding', 'gzip').send(file.zipped)
    : reply.send(file.bytes)
}

/** The page: built at the start if its sources are newer, then served from memory. */
export const pageRoutes: FastifyPluginAsync<{ dataDir: string }> = async (app, { dataDir }) => {
  let page: Promise<Files> | null = null
  const files = (): Promise<Files> => {
    page ??= builtPage(path.join(dataDir, 'page')).then(readPage)
    return page.catch((error: unknown) => {
      page = null
      const detail = `The page could not be built: ${error instanceof Error ? error.message : error}`
      throw new HttpProblem(503, 'page_not_built', 'There is no page', detail)
    })
  }
  // Built while the rest starts; what goes wrong is told to whoever asks for the page.
  app.addHook('onListen', async () => void files().catch(() => {}))
  const known = async (name: string): Promise<File> => {
    const file = (await files()).get(name)
    if (file) return file
    throw new HttpProblem(404, 'not_found', 'Not found', `The page has no ${name}; load it anew.`)
  }
  // Who is not signed in sees the page, too: there is the form to sign in.
  const open = { config: { right: 'anyone' }, schema: { hide: true } } as const

  for (const url of [...places.map((place) => place.path), signInPath])
    app.get(url, open, async (request, reply) => {
      reply.header('content-security-policy', policy)
      return sendFile(await known('/index.html'), 'no-cache', request, reply)
    })

  // Their names have a hash of what is in them.
  app.get<{ Params: { '*': string } }>('/assets/*', open, async (request, reply) =>
    sendFile(
      await known(`/assets/${request.params['*']}`),
      'public, max-age=31536000, immutable',
      request,
      reply,
    ),
  )

  app.get('/favicon.ico', open, async (_, reply) => reply.code(204).send())
}
