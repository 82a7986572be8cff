import type { Lack } from './context.ts'
import type { Reason } from './reason.ts'

export const nightEmpty = ({ prepared }: Lack): Reason => ({
  code: 'NIGHT_EMPTY',
  figures: {},
  text: `the Sun does not go 12° below the horizon in the night of ${prepared.input.night}`,
})
