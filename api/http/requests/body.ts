import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { readRequestXml } from '#adapters/request-xml/read-request.ts'
import { largestXmlBytes } from '#adapters/request-xml/read-xml.ts'
import { XmlRefused } from '#adapters/request-xml/xml-refused.ts'
import { HttpProblem } from '#api/http/problem.ts'
import type { Writing } from '#commands/requests/request-desk.ts'
import { type Fault, schemaFaults } from '#domain/requests/fault.ts'
import type { Instrument } from '#domain/requests/instrument.ts'
import { requestFormSchema } from '#domain/requests/request-form.ts'
import type { Instant } from '#domain/shared/time.ts'

const largestBytes = largestXmlBytes

const bodySchema = z.object({ kind: z.enum(['json', 'xml']), bytes: z.instanceof(Uint8Array) })

const kinds = [
  ['application/json', 'json'],
  ['application/xml', 'xml'],
  ['text/xml', 'xml'],
] as const

/** Bodies of these routes are kept as they come, so that the author's own text can be kept; other kinds are refused (A19). */
export const acceptRequestBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  for (const [type, kind] of kinds)
    app.addContentTypeParser(
      type,
      { parseAs: 'buffer', bodyLimit: largestBytes },
      async (_: unknown, bytes: Buffer) => ({
        kind,
        bytes,
      }),
    )
  app.addContentTypeParser('*', (request, _payload, done) => {
    const given = request.headers['content-type']
    const detail = `A request is application/json or application/xml, not ${given}.`
    done(new HttpProblem(415, 'unsupported_media_type', 'Not a kind of body taken here', detail))
  })
}

const { $schema: _, ...formAsWritten } = z.toJSONSchema(requestFormSchema, { io: 'input' })

/** Lets every body through and says in the API's description what one is: only its reader knows what it is written in. */
export const describedBody = z.unknown().meta(formAsWritten)

/** The body as it came; null where there is none. */
export const bytesOf = (body: unknown): Uint8Array | null => bodySchema.safeParse(body).data?.bytes ?? null

export type Written = { readonly writing: Writing; readonly submit: boolean }

const invalid = (faults: readonly Fault[]): HttpProblem =>
  new HttpProblem(
    400,
    'invalid_request',
    'The request is not valid',
    faults.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; '),
    [...faults],
  )

const jsonOf = (raw: string): unknown => {
  try {
    return JSON.parse(raw)
  } catch (error) {
    const detail = `The body is not JSON: ${error instanceof Error ? error.message : error}.`
    throw new HttpProblem(400, 'invalid_json', 'Not JSON', detail)
  }
}

const textOf = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new HttpProblem(400, 'not_utf8', 'Not UTF-8', 'The body is not UTF-8; send it as UTF-8.')
  }
}

const fromJson = (bytes: Uint8Array): Written => {
  const raw = textOf(bytes)
  const read = requestFormSchema.safeParse(jsonOf(raw))
  if (!read.success) throw invalid(schemaFaults(read.error))
  return {
    writing: { form: read.data, source: 'json', raw, warnings: [], relative: false },
    submit: true,
  }
}

const xmlOf = (...[bytes, options]: Parameters<typeof readRequestXml>) => {
  try {
    return readRequestXml(bytes, options)
  } catch (error) {
    if (!(error instanceof XmlRefused)) throw error
    const status = error.code === 'too_large' ? 413 : 400
    throw new HttpProblem(
      status,
      `xml_${error.code}`,
      'Not taken as XML',
      `The body is refused: ${error.message}.`,
    )
  }
}

type Reading = { readonly instrument: Instrument; readonly at: Instant; readonly strict: boolean }

const fromXml = (bytes: Uint8Array, options: Reading): Written => {
  const read = xmlOf(bytes, options)
  if ('faults' in read) throw invalid(read.faults)
  const { form, warnings, relative, submitted } = read
  return { writing: { form, source: 'xml', raw: textOf(bytes), warnings, relative }, submit: submitted }
}

/** A request from a body, in either way of writing; throws what a client is to be told. */
export const readRequestBody = (body: unknown, options: Reading): Written => {
  const read = bodySchema.safeParse(body)
  if (!read.success)
    throw new HttpProblem(
      400,
      'body_missing',
      'No body',
      'Send a request as application/json or application/xml.',
    )
  const { kind, bytes } = read.data
  return kind === 'json' ? fromJson(bytes) : fromXml(bytes, options)
}
