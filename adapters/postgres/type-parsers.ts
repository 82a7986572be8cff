import { TypeOverrides, types } from 'pg'
import { parseInstant, parseInt8 } from './parsers.ts'

const { builtins } = types
const asText = (text: string) => text

// Array types have no names in pg's table; these are Postgres' own, fixed, object ids.
const arrays = { text: 1009, int8: 1016, date: 1182, timestamptz: 1185 }

type Scalar = { id: number; array: number; parse: (text: string) => string | number }

const scalars: readonly Scalar[] = [
  { id: builtins.TIMESTAMPTZ, array: arrays.timestamptz, parse: parseInstant },
  { id: builtins.INT8, array: arrays.int8, parse: parseInt8 },
  // pg would make a Date at midnight of this machine's zone: another day, elsewhere.
  { id: builtins.DATE, array: arrays.date, parse: asText },
]

const parseTextArray = (text: string): (string | null)[] => types.getTypeParser(arrays.text, 'text')(text)

/** How Noctuary reads columns: instants and dates as text, whole numbers as numbers, the rest as pg does. */
export const typeParsers = (): TypeOverrides => {
  const overrides = new TypeOverrides()
  for (const { id, array, parse } of scalars) {
    overrides.setTypeParser(id, parse)
    overrides.setTypeParser(array, (text: string) =>
      parseTextArray(text).map((item) => (item === null ? null : parse(item))),
    )
  }
  return overrides
}
