import { xmlUnescaped } from '#domain/shared/xml-text.ts'

/**
 * What the wire has to know of a document; the rest is for a real parser. `ivorn` is as written by the sender.
 * `unknown`: no root element that VTP knows can be found.
 */
export type VtpDocument =
  | { readonly kind: 'event'; readonly ivorn: string | null }
  | {
      readonly kind: 'transport'
      readonly role: string
      readonly origin: string
      readonly response: string | null
      readonly result: string | null
    }
  | { readonly kind: 'unknown' }

const prologue = /(?:\uFEFF|\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[[\s\S]*?\]\s*)?>)*/y
const startTag = /<(?:[\w.-]+:)?([\w.-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/y
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

type Root = { readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly end: number }

/** The root's start tag, found without parsing what follows: a broken body still has a sender who waits for an answer. */
const rootOf = (text: string): Root | null => {
  prologue.lastIndex = 0
  prologue.exec(text)
  startTag.lastIndex = prologue.lastIndex
  const [, name, written = ''] = startTag.exec(text) ?? []
  if (name === undefined) return null
  const attributes = [...written.matchAll(attribute)].map(
    ([, key = '', double, single]) => [key, xmlUnescaped(double ?? single ?? '')] as const,
  )
  return { name, attributes: new Map(attributes), end: startTag.lastIndex }
}

const textOf = (text: string, element: string): string | null => {
  const found = new RegExp(`<(?:[\\w.-]+:)?${element}(?:\\s[^>]*)?>([^<]*)</`).exec(text)
  return found ? xmlUnescaped(found[1] ?? '').trim() : null
}

/** Tells an event from the transport's own messages by the root element's name, never by `role`: both kinds have one. */
export const readVtpDocument = (payload: Uint8Array): VtpDocument => {
  const text = new TextDecoder().decode(payload)
  const root = rootOf(text)
  if (root?.name === 'VOEvent') return { kind: 'event', ivorn: root.attributes.get('ivorn') ?? null }
  if (root?.name !== 'Transport') return { kind: 'unknown' }
  const body = text.slice(root.end)
  return {
    kind: 'transport',
    role: root.attributes.get('role') ?? '',
    origin: textOf(body, 'Origin') ?? '',
    response: textOf(body, 'Response'),
    result: textOf(body, 'Result'),
  }
}
