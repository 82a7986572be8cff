import type { Flag } from './events.ts'
import type { DeviceValue } from './readings.ts'
import type { Sensor } from './sensors.ts'

export type Measured = number | string | boolean

/** What is wrong with a value, so that it is not used. */
export type Fault = { readonly code: Flag['code']; readonly detail: string }

const shown = (value: DeviceValue['value']): string => JSON.stringify(value).slice(0, 40)

const numberIn = (
  { units, min, max }: Extract<Sensor, { kind: 'number' }>,
  { value, unit }: DeviceValue,
): number | Fault => {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return { code: 'NOT_A_NUMBER', detail: `${shown(value)} where a number belongs` }
  const convert = units.get(unit)
  if (!convert)
    return { code: 'UNEXPECTED_UNIT', detail: `"${unit}" is none of ${[...units.keys()].join(', ')}` }
  const converted = convert(value)
  if (converted < min || converted > max)
    return { code: 'OUT_OF_RANGE', detail: `${value} ${unit} is outside ${min}…${max}` }
  return converted
}

const switchIn = (value: DeviceValue['value']): boolean | Fault => {
  if (value === true || value === 1) return true
  if (value === false || value === 0) return false
  return { code: 'NOT_A_NUMBER', detail: `${shown(value)} where 0, 1, true or false belongs` }
}

const wordIn = (words: readonly string[], value: DeviceValue['value']): string | Fault => {
  const word = typeof value === 'string' ? value.toLowerCase() : ''
  return words.includes(word)
    ? word
    : { code: 'OUT_OF_RANGE', detail: `${shown(value)} is none of ${words.join(', ')}` }
}

/** The value in our unit, or why it cannot be used. A value that is not there is never taken for 0. */
export const measuredBy = (sensor: Sensor, sent: DeviceValue): Measured | Fault => {
  if (sent.value === null || sent.value === '')
    return { code: 'MISSING_VALUE', detail: 'sent without a value' }
  switch (sensor.kind) {
    case 'number':
      return numberIn(sensor, sent)
    case 'switch':
      return switchIn(sent.value)
    case 'word':
      return wordIn(sensor.words, sent.value)
  }
}
