import { ParseOption, XmlDocument, XmlElement, XmlLibError } from 'libxml2-wasm'
import { Unreadable } from './quarantine.ts'

const maxElements = 5000

const declared = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']/i
const utf8 = /^(utf-?8|us-ascii|ascii)$/i
const asciiOnly = /^[\t\n\r\u0020-\u007e]*$/

const unsafe = (reason: 'doctype' | 'not-utf8' | 'too-many-elements', detail: string): Unreadable =>
  new Unreadable(reason, detail, 'voevent')

/** Refuses what must not reach a parser; in this order, as each check relies on the one before. */
const guard = (text: string): void => {
  const encoding = declared.exec(text)?.[1]
  if (encoding !== undefined && !utf8.test(encoding) && !asciiOnly.test(text))
    throw unsafe('not-utf8', `the document declares ${encoding}`)
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw unsafe('doctype', 'a DOCTYPE is never read')
  const elements = text.split('<').length - 1
  // Start and end tags, so twice the elements.
  if (elements > 2 * maxElements) throw unsafe('too-many-elements', `about ${elements / 2} elements`)
}

// No network, no entities, no external anything; depth is held at 256 by the library itself.
const option =
  ParseOption.XML_PARSE_NONET |
  ParseOption.XML_PARSE_NO_XXE |
  ParseOption.XML_PARSE_IGNORE_ENC |
  ParseOption.XML_PARSE_NO_SYS_CATALOG |
  ParseOption.XML_PARSE_NOCDATA

const faultOf = (error: XmlLibError): Unreadable =>
  new Unreadable(
    /depth/i.test(error.message) ? 'too-deep' : 'not-well-formed',
    error.message.trim() || 'not well-formed',
    'voevent',
  )

/** Reads the root of an XML text and lets go of the document; throws {@link Unreadable}. */
export const withXmlRoot = <T>(text: string, work: (root: XmlElement) => T): T => {
  guard(text)
  let document: XmlDocument
  try {
    document = XmlDocument.fromString(text, { option })
  } catch (error) {
    if (error instanceof XmlLibError) throw faultOf(error)
    throw error
  }
  try {
    return work(document.root)
  } finally {
    document.dispose()
  }
}

/** The child elements, of a name where one is given; namespaces do not matter. */
export const childrenOf = (element: XmlElement, name?: string): XmlElement[] => {
  const found: XmlElement[] = []
  for (let node = element.firstChild; node !== null; node = node.next)
    if (node instanceof XmlElement && (name === undefined || node.name === name)) found.push(node)
  return found
}

/** The first element down a path of names. */
export const elementAt = (element: XmlElement, ...path: readonly string[]): XmlElement | null => {
  let at: XmlElement | null = element
  for (const name of path) {
    if (!at) return null
    at = childrenOf(at, name)[0] ?? null
  }
  return at
}

export const textAt = (element: XmlElement, ...path: readonly string[]): string | null =>
  elementAt(element, ...path)?.content.trim() ?? null

export const attributeOf = (element: XmlElement, name: string): string | null =>
  element.attr(name)?.value ?? null
