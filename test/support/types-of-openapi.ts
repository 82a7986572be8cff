import { z } from 'zod'

type Json = Readonly<Record<string, unknown>>

const isObject = (given: unknown): given is Json =>
  typeof given === 'object' && given !== null && !Array.isArray(given)
const objectIn = (given: unknown): Json => (isObject(given) ? given : {})
const listIn = (given: unknown): readonly unknown[] => (Array.isArray(given) ? given : [])
const textIn = (given: unknown): string => (typeof given === 'string' ? given : '')

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ') || 'never'
const literal = (value: unknown): string =>
  isObject(value) ? 'unknown' : (JSON.stringify(value) ?? 'unknown')

/** As a comment over what it describes; nothing for nothing. */
const about = (description: unknown): string =>
  typeof description === 'string'
    ? `/** ${description.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n`
    : ''

const objectType = ({ properties, required, additionalProperties }: Json): string => {
  const needed = listIn(required)
  const fields = Object.entries(objectIn(properties)).map(
    ([name, schema]) =>
      `${about(objectIn(schema)['description'])}${JSON.stringify(name)}${needed.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  )
  if (fields.length > 0) return `{\n${fields.join('\n')}\n}`
  return isObject(additionalProperties)
    ? `Record<string, ${typeOf(additionalProperties)}>`
    : 'Record<string, unknown>'
}

const arrayType = ({ prefixItems, items }: Json): string => {
  if (prefixItems === undefined) return `(${typeOf(items)})[]`
  return `[${listIn(prefixItems).map(typeOf).join(', ')}]`
}

const simple: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
}

const namedType = (type: unknown, schema: Json): string => {
  if (type === 'object') return objectType(schema)
  if (type === 'array') return arrayType(schema)
  return simple[textIn(type)] ?? 'unknown'
}

/** A JSON schema as a type of TypeScript. */
const typeOf = (given: unknown): string => {
  const schema = objectIn(given)
  const { $ref, const: constant, enum: values, anyOf, oneOf, allOf, type } = schema
  if (typeof $ref === 'string') return `components['schemas'][${JSON.stringify($ref.split('/').at(-1))}]`
  if (constant !== undefined) return literal(constant)
  if (values !== undefined) return union(listIn(values).map(literal))
  const choices = anyOf ?? oneOf
  if (choices !== undefined) return union(listIn(choices).map(typeOf))
  if (allOf !== undefined)
    return listIn(allOf)
      .map((one) => `(${typeOf(one)})`)
      .join(' & ')
  if (Array.isArray(type)) return union(type.map((one) => namedType(one, schema)))
  return namedType(type ?? (schema['properties'] ? 'object' : undefined), schema)
}

const contentType = (content: unknown): string => {
  const kinds = Object.entries(objectIn(content)).map(
    ([kind, media]) => `${JSON.stringify(kind)}: ${typeOf(objectIn(media)['schema'])}`,
  )
  return kinds.length === 0 ? 'content?: never' : `content: {\n${kinds.join('\n')}\n}`
}

const parametersType = (parameters: readonly unknown[]): string => {
  if (parameters.length === 0) return 'parameters: None'
  const places = ['query', 'header', 'path', 'cookie'].map((place) => {
    const own = parameters.map(objectIn).filter((parameter) => parameter['in'] === place)
    if (own.length === 0) return `${place}?: never`
    const fields = own.map(
      ({ name, required, schema, description }) =>
        `${about(description)}${JSON.stringify(name)}${required === true ? '' : '?'}: ${typeOf(schema)}`,
    )
    const needed = own.some(({ required }) => required === true)
    return `${place}${needed ? '' : '?'}: {\n${fields.join('\n')}\n}`
  })
  return `parameters: {\n${places.join('\n')}\n}`
}

const isProblem = (response: unknown): boolean =>
  Object.keys(objectIn(objectIn(response)['content'])).join() === 'application/problem+json'

const operationType = (operation: Json): string => {
  const body = objectIn(operation['requestBody'])
  const bodyType = `requestBody${body['required'] === true ? '' : '?'}: ${
    Object.keys(body).length === 0 ? 'never' : `{ ${contentType(body['content'])} }`
  }`
  const responses = Object.entries(objectIn(operation['responses'])).map(([status, response]) =>
    isProblem(response)
      ? `${status}: Refused`
      : `${status}: { headers: { [name: string]: unknown }\n${contentType(objectIn(response)['content'])} }`,
  )
  return `{\n${parametersType(listIn(operation['parameters']))}\n${bodyType}\nresponses: {\n${responses.join('\n')}\n}\n}`
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

const pathType = ([url, item]: [string, unknown]): string => {
  const operations = methods.map((method) => {
    const operation = objectIn(item)[method]
    if (!isObject(operation)) return `${method}?: never`
    return `${about(operation['summary'])}${method}: ${operationType(operation)}`
  })
  return `${JSON.stringify(url)}: {\n${parametersType([])}\n${operations.join('\n')}\n}`
}

const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.unknown()),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})

/** The types of an API by its description, in the shape that openapi-fetch reads. */
export const typesOfOpenapi = (document: unknown): string => {
  const { paths, components } = documentSchema.parse(document)
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `${about(objectIn(schema)['description'])}${JSON.stringify(name)}: ${typeOf(schema)}`,
  )
  return [
    '// Made from the description of the API by test/api/client.es.spec.ts; `npx vitest run -u` on it makes it anew.',
    'interface None { query?: never; header?: never; path?: never; cookie?: never }',
    "interface Refused { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } }",
    `export interface paths {\n${Object.entries(paths).map(pathType).join('\n')}\n}`,
    `export interface components {\nschemas: {\n${schemas.join('\n')}\n}\n}`,
    '',
  ].join('\n')
}
