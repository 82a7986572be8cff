import type { Fault } from '#domain/requests/fault.ts'
import type { Element } from './read-xml.ts'

/** Where something is written: its place in the tree, for people together with its line. */
export type Place = { readonly element: Element; readonly path: string }

export const at = (
  { element, path }: Place,
  attribute: string | null,
  code: string,
  what: string,
): Fault => ({
  code,
  path: attribute === null ? path : `${path}/@${attribute}`,
  message: `line ${element.line}: ${what}`,
})

/** Reads an element's attributes as what they should be (P25: all are text), and notes what they are not. */
export class AttributeReader {
  readonly #place: Place
  readonly #faults: Fault[]

  constructor(place: Place, faults: Fault[]) {
    this.#place = place
    this.#faults = faults
  }

  fault(attribute: string | null, code: string, what: string): void {
    this.#faults.push(at(this.#place, attribute, code, what))
  }

  optional(name: string): string | undefined {
    return this.#place.element.attributes.get(name)?.trim()
  }

  text(name: string): string {
    const given = this.optional(name)
    if (given) return given
    this.fault(name, 'ATTRIBUTE_MISSING', `${this.#place.element.name} needs an attribute ${name}`)
    return ''
  }

  /** A number; `undefined` when there is none or it is none. */
  number(name: string, { required }: { required: boolean }): number | undefined {
    const given = required ? this.text(name) : this.optional(name)
    if (!given) return undefined
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(given) ? Number(given) : Number.NaN
    if (Number.isFinite(value)) return value
    this.fault(name, 'NOT_A_NUMBER', `${JSON.stringify(given)} is no number`)
    return undefined
  }

  /** `0` or `1`; not set is `0`. */
  flag(name: string): boolean {
    const given = this.optional(name) ?? '0'
    if (given === '0' || given === '1') return given === '1'
    this.fault(name, 'NOT_A_FLAG', `${JSON.stringify(given)} is neither "0" nor "1"`)
    return false
  }

  /** Names what is there and should not be. */
  only(attributes: readonly string[], children: readonly string[]): void {
    const { element, path } = this.#place
    for (const name of element.attributes.keys())
      if (!attributes.includes(name)) {
        const what = `${element.name} has no attribute ${name}; it has ${attributes.join(', ')}`
        this.fault(name, 'UNKNOWN_ATTRIBUTE', what)
      }
    for (const child of element.children)
      if (!children.includes(child.name)) {
        const allowed = children.length === 0 ? 'nothing' : children.join(', ')
        const what = `${element.name} contains no ${child.name}, but ${allowed}`
        this.#faults.push(
          at({ element: child, path: `${path}/${child.name}` }, null, 'UNKNOWN_ELEMENT', what),
        )
      }
    if (element.text !== '') this.fault(null, 'UNEXPECTED_TEXT', `${element.name} contains text`)
  }
}

/** The children of a name, each with its place. */
export const childrenOf = ({ element, path }: Place, name: string): Place[] =>
  element.children
    .filter((child) => child.name === name)
    .map((child, i) => ({ element: child, path: `${path}/${name}[${i + 1}]` }))
