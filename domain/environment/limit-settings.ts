import { quantityNames } from './events.ts'
import { limitTable } from './limit-table.ts'
import { InvalidSafetyOverride, type SafetyRules, safetyRules } from './limits.ts'

const form = 'write quantity.limit=number, e.g. wind.unsafeMs=12'

/** Wind is spoken of in km/h: `unsafeKmh=45` stands for `unsafeMs=12.5`. */
const inOurUnit = (quantity: string, name: string, value: number): [string, number] => {
  const known = quantityNames.find((each) => each === quantity)
  const isSpeed = known !== undefined && limitTable[known].suffix === 'Ms'
  return isSpeed && name.endsWith('Kmh') ? [name.replace(/Kmh$/, 'Ms'), value / 3.6] : [name, value]
}

/** Rules with limits as a person gives them, `wind.unsafeMs=12`, put over others; throws {@link InvalidSafetyOverride}. */
export const withSettings = (base: SafetyRules, settings: readonly string[]): SafetyRules => {
  const overrides: Record<string, Record<string, number>> = {}
  for (const [quantity, limits] of Object.entries(base.overrides)) overrides[quantity] = { ...limits }
  const seen = new Set<string>()
  for (const setting of settings) {
    const [, quantity = '', given = '', digits = ''] = /^(\w+)\.(\w+)=(\S+)$/.exec(setting.trim()) ?? []
    const number = Number(digits)
    if (digits === '' || !Number.isFinite(number))
      throw new InvalidSafetyOverride(`"${setting}" cannot be read; ${form}`)
    const [name, value] = inOurUnit(quantity, given, number)
    if (seen.has(`${quantity}.${name}`))
      throw new InvalidSafetyOverride(`${quantity}.${given} is given twice`)
    seen.add(`${quantity}.${name}`)
    overrides[quantity] = { ...overrides[quantity], [name]: value }
  }
  return safetyRules(overrides)
}
