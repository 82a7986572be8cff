import type { Device } from '../../../answers.ts'
import type { Horizontal } from './coordinates.ts'

export type Pointing = Horizontal & { readonly state: string }

/** Where the telescope said it points; null when it has not said. */
export const pointingOf = (devices: readonly Device[]): Pointing | null => {
  const status = devices.find(({ device }) => device === 'telescope')?.status
  const { altitudeDeg, azimuthDeg, state } = status ?? {}
  if (typeof altitudeDeg !== 'number' || typeof azimuthDeg !== 'number') return null
  return { altitudeDeg, azimuthDeg, state: typeof state === 'string' ? state : 'state not known' }
}
