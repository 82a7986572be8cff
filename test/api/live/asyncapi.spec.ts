import schema from '@asyncapi/specs/schemas/3.0.0-without-$id.json' with { type: 'json' }
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { asyncApi } from '#api/live/asyncapi.ts'

const document: unknown = JSON.parse(JSON.stringify(asyncApi()))

const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  )
}

const at = (ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null
          ? Object.getOwnPropertyDescriptor(value, key)?.value
          : undefined,
      document,
    )

it('what can be heard is valid AsyncAPI 3.0', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema)
  const valid = validate(document)
  expect(validate.errors).toBeNull()
  expect(valid).toBe(true)
})

it('every part of it that is named is there', () => {
  const refs = new Set(refsIn(document))
  expect(refs.size).toBeGreaterThan(80)
  expect([...refs].filter((ref) => at(ref) === undefined)).toEqual([])
})

it('it has a channel for each sender and each channel', () => {
  expect(at('#/channels/sender-majordome')).toMatchObject({ address: '/api/live?sender=majordome' })
  expect(at('#/channels/channel-rain')).toMatchObject({
    address: '/api/live?event=%23rain',
    messages: { SafetyVerdictGiven: { $ref: '#/components/messages/SafetyVerdictGiven' } },
  })
})
