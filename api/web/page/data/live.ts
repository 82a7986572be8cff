import { refreshFor } from './answer.ts'
import { learnSession } from './session.ts'

const periodMs = 5000

/** Keeps what is on the page up to date. */
export const startLive = (): void => {
  setInterval(() => {
    if (document.visibilityState === 'visible') refreshFor(null)
  }, periodMs)
  setInterval(() => void learnSession(), 60_000)
}
