/** What a person typed, as words and at the end JSON, if any. */
export type Input = {
  readonly words: readonly string[]
  readonly json: Readonly<Record<string, unknown>> | null
}

/** What was typed cannot be read, or names what is not there; says what would be right. */
export class InputWrong extends Error {}

type Scan = { readonly open: number; readonly quoted: boolean }

const scan = (text: string): Scan => {
  let [open, quoted] = [0, false]
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (quoted && character === '\\') at += 1
    else if (character === '"') quoted = !quoted
    else if (!quoted && (character === '{' || character === '[')) open += 1
    else if (!quoted && (character === '}' || character === ']')) open -= 1
  }
  return { open, quoted }
}

/** Whether more is to come: a bracket or a quotation is open, or the line ends with a backslash. */
export const isComplete = (text: string): boolean => {
  const { open, quoted } = scan(text)
  return open <= 0 && !quoted && !text.endsWith('\\')
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const jsonFrom = (text: string): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return value
  } catch (error) {
    throw new InputWrong(`that is no JSON: ${error instanceof Error ? error.message : error}`)
  }
  throw new InputWrong('what stands behind the words is a JSON object, e.g. {"filter": "r"}')
}

const word = /"((?:[^"\\]|\\.)*)"|(\S+)/g

/** The words of an input, those in quotation marks as one each, and the JSON object it ends with. Throws {@link InputWrong}. */
export const readInput = (typed: string): Input => {
  const text = typed.replaceAll(/\\\n/g, ' ').trim()
  const brace = text.search(/(?<=^|\s)\{/)
  const said = brace === -1 ? text : text.slice(0, brace)
  const words = [...said.matchAll(word)].map(
    ([, quoted, bare]) => quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '',
  )
  return { words, json: brace === -1 ? null : jsonFrom(text.slice(brace)) }
}
