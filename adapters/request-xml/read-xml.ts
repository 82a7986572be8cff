import { ParseOption, XmlDocument, XmlElement, XmlText } from 'libxml2-wasm'
import { XmlRefused } from './xml-refused.ts'

/** An element with nothing of the parser left in it. */
export type Element = {
  readonly name: string
  readonly line: number
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly Element[]
  /** What stands between its children, without blanks. */
  readonly text: string
}

export const largestXmlBytes = 256 * 1024
const deepest = 32

const decoded = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new XmlRefused('not_utf8', 'the file is not UTF-8; save it as UTF-8')
  }
}

const declaredEncoding = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)["']/

const checkText = (text: string): void => {
  const encoding = declaredEncoding.exec(text)?.[1]
  if (encoding !== undefined && !/^(utf-?8|us-ascii|ascii)$/i.test(encoding))
    throw new XmlRefused('not_utf8', `it declares the encoding ${encoding}; save it as UTF-8`)
  // Before any parser sees it: what is not declared cannot be expanded, fetched or nested.
  if (/<!(DOCTYPE|ENTITY)/i.test(text))
    throw new XmlRefused('doctype_refused', 'a request has no DOCTYPE and no entities; leave them out')
}

const nameOf = ({ name, namespaceUri }: { name: string; namespaceUri: string }): string =>
  namespaceUri ? `{${namespaceUri}}${name}` : name

const plain = (element: XmlElement, depth: number): Element => {
  if (depth > deepest) throw new XmlRefused('too_deep', `it is nested deeper than ${deepest} elements`)
  const children: Element[] = []
  let text = ''
  for (let child = element.firstChild; child; child = child.next) {
    if (child instanceof XmlElement) children.push(plain(child, depth + 1))
    else if (child instanceof XmlText) text += child.content.trim()
  }
  const attributes = new Map(element.attrs.map((attribute) => [nameOf(attribute), attribute.value]))
  return { name: nameOf(element), line: element.line, attributes, children, text }
}

const parsed = (text: string): XmlDocument => {
  try {
    return XmlDocument.fromString(text, {
      option: ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE,
    })
  } catch (error) {
    throw new XmlRefused(
      'not_well_formed',
      `it is not well-formed XML: ${error instanceof Error ? error.message.trim() : String(error)}`,
    )
  }
}

/** XML from outside, as plain data. Length, then strict UTF-8, then no DOCTYPE, then parsed; throws {@link XmlRefused}. */
export const readXml = (bytes: Uint8Array): Element => {
  if (bytes.length > largestXmlBytes)
    throw new XmlRefused('too_large', `it has ${bytes.length} bytes; ${largestXmlBytes} are the limit`)
  const text = decoded(bytes)
  checkText(text)
  using document = parsed(text)
  return plain(document.root, 1)
}
