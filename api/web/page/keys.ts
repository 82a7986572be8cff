import { signal } from '@preact/signals'
import { toggleLight } from './light.ts'
import { places } from './places.ts'
import { addressOf, amend, go, moment } from './route.ts'

export const helpOpen = signal(false)

/** What each key does, for `?` and for whoever presses it. */
export const shortcuts: readonly {
  readonly key: string
  readonly says: string
  readonly does: () => void
}[] = [
  ...places.map(({ path, name }, i) => ({ key: `${i + 1}`, says: name, does: () => go(addressOf(path)) })),
  { key: 'l', says: 'Red light, and back', does: toggleLight },
  {
    key: 'n',
    says: 'Back to now, out of a replay',
    does: () => {
      if (moment.value !== null) amend({ at: null })
    },
  },
  {
    key: '?',
    says: 'This list',
    does: () => {
      helpOpen.value = !helpOpen.value
    },
  },
]

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))

export const listenToKeys = (): void => {
  window.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const shortcut = shortcuts.find(({ key }) => key === event.key)
    if (!shortcut) return
    event.preventDefault()
    shortcut.does()
  })
}
