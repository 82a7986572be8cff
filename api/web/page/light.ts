import { signal } from '@preact/signals'

export type Light = 'dark' | 'red'

const stored = 'noctuary-light'

// Private windows may refuse storage; the page is dark then, at each load.
const remembered = (): Light => {
  try {
    return window.localStorage.getItem(stored) === 'red' ? 'red' : 'dark'
  } catch {
    return 'dark'
  }
}

/** Red spares eyes that are used to the dark. */
export const light = signal<Light>(remembered())

export const applyLight = (): void => {
  document.documentElement.dataset['light'] = light.value
}

export const toggleLight = (): void => {
  light.value = light.value === 'red' ? 'dark' : 'red'
  applyLight()
  try {
    window.localStorage.setItem(stored, light.value)
  } catch {}
}
