import { computed, signal } from '@preact/signals'
import { moment } from './route.ts'

const tolerableSkewMs = 2000

let skewMs = 0

/** The server's clock, each second: ages must not depend on the clock of whoever looks. */
export const serverNow = signal(Date.now())

/** The instant the page speaks of: now, or the moment that is replayed. */
export const shownNow = computed(() => (moment.value === null ? serverNow.value : Date.parse(moment.value)))

const tick = () => {
  serverNow.value = Date.now() + skewMs
}

/** Takes the server's word for what time it is, from the Date header of an answer (whole seconds). */
export const hearServerDate = (header: string | null): void => {
  const said = header === null ? Number.NaN : Date.parse(header)
  if (Number.isNaN(said)) return
  const off = said + 500 - Date.now()
  skewMs = Math.abs(off) > tolerableSkewMs ? off : 0
}

export const startClock = (): void => {
  const next = () => {
    tick()
    setTimeout(next, 1000 - (serverNow.value % 1000))
  }
  next()
}
