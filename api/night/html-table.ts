import { type Markup, markup } from './markup.ts'

export const none = (words: string): Markup => markup`<p class="none">${words}</p>`

const shown = 40

type Cell = Markup | string | number

type Columns = {
  readonly names: readonly string[]
  /** Which columns are words, and which times of day. */
  readonly words: readonly number[]
  readonly times: readonly number[]
  /** Left out where there is little room. */
  readonly extra?: readonly number[]
}

const classOf = ({ words, times, extra = [] }: Columns, i: number): string =>
  `${words.includes(i) ? 'words' : times.includes(i) ? 'time' : 'figure'}${extra.includes(i) ? ' extra' : ''}`

/** Rows under names, the first of them; the rest are counted. */
export const htmlTable = (columns: Columns, rows: readonly (readonly Cell[])[], omitted = 0): Markup => {
  const left = Math.max(0, rows.length - shown) + omitted
  return markup`<table><tr>${columns.names.map((name, i) => markup`<th class="${classOf(columns, i)}">${name}</th>`)}</tr>${rows
    .slice(0, shown)
    .map(
      (row) =>
        markup`<tr>${row.map((value, i) => markup`<td class="${classOf(columns, i)}">${value}</td>`)}</tr>`,
    )}</table>${left > 0 ? none(`and ${left} more`) : null}`
}

export const section = (title: string, ...parts: readonly (Markup | null)[]): Markup =>
  markup`<section><h2>${title}</h2>${parts}</section>`
