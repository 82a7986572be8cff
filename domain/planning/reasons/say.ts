/** Seconds as people say them. */
export const span = (seconds: number): string => {
  const whole = Math.round(seconds)
  if (whole < 120) return `${whole} s`
  if (whole < 7200) return `${Math.round(whole / 60)} min`
  return `${(whole / 3600).toFixed(1)} h`
}

export const degrees = (value: number): string => `${value.toFixed(1)}°`

export const clock = (instant: string): string => `${instant.slice(11, 19)} UTC`

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits))
