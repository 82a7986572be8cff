/** Figures with a fixed number of decimals, so that columns stand still. */

const decimals: Readonly<Record<string, number>> = { '%': 0, 'mm/h': 1, 'm/s': 1, '°C': 1, mbar: 0, '°': 1 }

const minus = (text: string): string => text.replace('-', '−')

export const fixed = (value: number, digits: number): string => minus(value.toFixed(digits))

export const measured = (value: number | string | null, unit: string): string => {
  if (value === null) return '–'
  if (typeof value === 'string') return value
  const text = fixed(value, decimals[unit] ?? 1)
  if (unit === '') return text
  return unit === '°' ? `${text}°` : `${text} ${unit}`
}

/** Hours, minutes, seconds of right ascension. */
export const raText = (deg: number): string => {
  const s = Math.round((((deg % 360) + 360) % 360) * 240) % 86_400
  const two = (n: number) => `${n}`.padStart(2, '0')
  return `${two(Math.floor(s / 3600))}h ${two(Math.floor((s % 3600) / 60))}m ${two(s % 60)}s`
}

/** Degrees, minutes, seconds of declination. */
export const decText = (deg: number): string => {
  const s = Math.round(Math.abs(deg) * 3600)
  const two = (n: number) => `${n}`.padStart(2, '0')
  return `${deg < 0 ? '−' : '+'}${two(Math.floor(s / 3600))}° ${two(Math.floor((s % 3600) / 60))}′ ${two(s % 60)}″`
}

export const countOf = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`
