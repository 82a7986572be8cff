import { z } from 'zod'
import { noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import { type QuantityName, quantityNames } from './events.ts'
import { type Limit, limitTable, type Side } from './limit-table.ts'

/** The limits in force, and the name under which every judgement made by them is recorded. */
export type SafetyRules = {
  readonly rulesVersion: string
  readonly limits: Readonly<Record<QuantityName, Limit>>
  /** What was put over the table. */
  readonly overrides: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** A configured limit that cannot be meant; the message names the path and what would be right. */
export class InvalidSafetyOverride extends Error {
  constructor(message: string) {
    super(`safety override ${message}`)
    this.name = 'InvalidSafetyOverride'
  }
}

type Change = (limit: Limit, value: number) => Limit

const tableVersion = 'safety-1'
const delays = ['badForS', 'goodForS', 'afterUnknownS', 'staleAfterS', 'frozenAfterS'] as const
const overrideSchema = z.record(z.string(), z.record(z.string(), z.number()))

const sideChanges = (end: 'high' | 'low', of: string, suffix: string, side: Side): [string, Change][] => {
  const put =
    (change: (side: Side, value: number) => Side): Change =>
    (limit, value) => ({ ...limit, [end]: change(limit[end] ?? side, value) })
  const changes: [string, Change][] = [
    [`unsafe${of}${suffix}`, put((s, at) => ({ ...s, unsafe: { ...s.unsafe, at } }))],
    [`safe${of}${suffix}`, put((s, at) => ({ ...s, safe: { ...s.safe, at } }))],
    [`neutral${of}${suffix}`, put((s, neutral) => ({ ...s, neutral }))],
    [`atOnce${of}${suffix}`, put((s, at) => ({ ...s, atOnce: { op: s.unsafe.op, at } }))],
  ]
  return changes
}

/** The names an override of this limit may use. Only a limit with two ends says Above and Below. */
const changesOf = (limit: Limit): Map<string, Change> => {
  const both = limit.high !== undefined && limit.low !== undefined
  return new Map([
    ...(limit.high ? sideChanges('high', both ? 'Above' : '', limit.suffix, limit.high) : []),
    ...(limit.low ? sideChanges('low', both ? 'Below' : '', limit.suffix, limit.low) : []),
    ...delays.map((name): [string, Change] => [name, (changed, value) => ({ ...changed, [name]: value })]),
  ])
}

const checkSide = (path: string, { unsafe, safe, atOnce, neutral }: Side, sign: 1 | -1): void => {
  const [beyond, short] = sign > 0 ? ['above', 'below'] : ['below', 'above']
  if (sign * (unsafe.at - safe.at) < 0)
    throw new InvalidSafetyOverride(
      `${path}: safe again at ${safe.at} is ${beyond} the unsafe limit ${unsafe.at}; it must not be`,
    )
  if (atOnce && sign * (atOnce.at - unsafe.at) < 0)
    throw new InvalidSafetyOverride(
      `${path}: unsafe at once at ${atOnce.at} is ${short} the unsafe limit ${unsafe.at}; it must not be`,
    )
  if (neutral !== undefined && sign * (unsafe.at - neutral) <= 0)
    throw new InvalidSafetyOverride(
      `${path}: the neutral value ${neutral} must be ${short} the unsafe limit ${unsafe.at}`,
    )
}

const checkLimit = (quantity: QuantityName, limit: Limit): void => {
  if (limit.high) checkSide(quantity, limit.high, 1)
  if (limit.low) checkSide(quantity, limit.low, -1)
  for (const name of delays) {
    const least = name === 'staleAfterS' || name === 'frozenAfterS' ? 1 : 0
    if ((limit[name] ?? least) < least)
      throw new InvalidSafetyOverride(`${quantity}.${name}: ${limit[name]} s; at least ${least} s is needed`)
  }
  if ((limit.afterUnknownS ?? 0) > limit.goodForS)
    throw new InvalidSafetyOverride(
      `${quantity}.afterUnknownS: ${limit.afterUnknownS} s is longer than goodForS, ${limit.goodForS} s`,
    )
}

const applied = (quantity: QuantityName, override: Record<string, number>): Limit => {
  const changes = changesOf(limitTable[quantity])
  let limit = limitTable[quantity]
  for (const [name, value] of Object.entries(override)) {
    const change = changes.get(name)
    if (!change)
      throw new InvalidSafetyOverride(
        `${quantity}.${name}: no such limit; ${quantity} has ${[...changes.keys()].join(', ')}`,
      )
    limit = change(limit, value)
  }
  checkLimit(quantity, limit)
  return limit
}

const parsed = (overrides: unknown): Record<string, Record<string, number>> => {
  const checked = overrideSchema.safeParse(overrides)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw new InvalidSafetyOverride(`${issue?.path.join('.') || '(all of it)'}: ${issue?.message}`)
}

const versionOf = (overrides: Record<string, Record<string, number>>): string => {
  const changed = Object.entries(overrides).flatMap(([quantity, override]) =>
    Object.entries(override).map(([name, value]) => `${quantity}.${name}=${value}`),
  )
  if (changed.length === 0) return tableVersion
  return `${tableVersion}+${uuidFrom(changed.sort().join('\n'), noctuaryNamespace).slice(0, 8)}`
}

/** The table with some limits replaced, e.g. `{ wind: { unsafeMs: 12 } }`; throws {@link InvalidSafetyOverride}. */
export const safetyRules = (changed: unknown = {}): SafetyRules => {
  const given = parsed(changed)
  const limits = { ...limitTable }
  const overrides: Record<string, Record<string, number>> = {}
  for (const [name, override] of Object.entries(given)) {
    const quantity = quantityNames.find((known) => known === name)
    if (!quantity)
      throw new InvalidSafetyOverride(`${name}: no such quantity; there are ${quantityNames.join(', ')}`)
    limits[quantity] = applied(quantity, override)
    if (Object.keys(override).length > 0) overrides[quantity] = override
  }
  return { rulesVersion: versionOf(given), limits, overrides }
}
