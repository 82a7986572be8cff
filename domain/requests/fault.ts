import type { z } from 'zod'

/** What is wrong, or only odd, and where: a stable code, a path like `sequences[0].target.ra`, and what would be right. */
export type Fault = { readonly code: string; readonly path: string; readonly message: string }

/** `['sequences', 0, 'target']` as `sequences[0].target`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text ? '.' : ''}${String(key)}`),
    '',
  )

/** A schema's complaints; one for each key that nobody knows. */
export const schemaFaults = ({ issues }: z.ZodError): Fault[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          code: 'UNKNOWN_KEY',
          path: pathText([...issue.path, key]),
          message: `nothing here is called ${JSON.stringify(key)}`,
        }))
      : [{ code: 'INVALID_VALUE', path: pathText(issue.path), message: issue.message }],
  )
