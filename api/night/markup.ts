/** Text that is markup already. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Value = Markup | string | number | null | readonly Value[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value)

const written = (value: Value): string => {
  if (value === null) return ''
  if (value instanceof Markup) return value.text
  if (isList(value)) return value.map(written).join('')
  return `${value}`.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** HTML or SVG in which every value put in is escaped: names of devices come from outside. */
export const markup = (texts: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  new Markup(texts.map((text, i) => `${text}${i < values.length ? written(values[i] ?? null) : ''}`).join(''))
