const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

// What XML 1.0 forbids even as a reference: controls, lone surrogates, U+FFFE and U+FFFF.
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** Any text as XML character data or the value of an attribute; what XML cannot say at all becomes U+FFFD. */
export const xmlEscaped = (text: string): string =>
  text.replace(forbidden, '\uFFFD').replace(/[&<>"']/g, (character) => escapes[character] ?? character)

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const characterOf = (reference: string, name: string): string => {
  const digits = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name)
  if (!digits) return named[name] ?? reference
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16)
  return code > 0x10ffff ? reference : String.fromCodePoint(code)
}

/** The text that character data or an attribute stands for; an entity that is not built in stays as written. */
export const xmlUnescaped = (text: string): string => text.replace(/&([^;&\s]{1,16});/g, characterOf)
