import { describe, expect, it } from 'vitest'
import { rights, rightsOf } from '#domain/people/rights.ts'

describe('rights', () => {
  it.each([
    [[], []],
    [['observer'], ['read', 'request']],
    [['operator'], ['read', 'audit', 'request', 'operate']],
    [['auditor'], ['read', 'audit']],
    [
      ['auditor', 'observer'],
      ['read', 'audit', 'request'],
    ],
    [['admin'], [...rights]],
  ] as const)('of %j are %j', (roles, expected) => {
    expect(rightsOf(roles)).toEqual(expected)
  })
})
