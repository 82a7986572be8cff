import type { Bench, Figures } from './bench.ts'
import { asOfFigures } from './projections/as-of.ts'
import { openGround } from './projections/ground.ts'
import { killFigures } from './projections/kill.ts'
import { liveFigures } from './projections/live.ts'
import { rebuildFigures } from './projections/ratios.ts'

const print = (name: string, figures: Figures): Figures => {
  console.log(name)
  console.table(figures)
  return figures
}

export const projections: Bench = {
  name: 'projections',
  about: 'rebuild against the best hand-written loop, lag, kills, as-of, on a real log and a real Postgres',
  run: async ({ quick }) => {
    const figures: Figures = {}
    for (const [name, measure] of [
      ['rebuild', rebuildFigures],
      ['live', liveFigures],
      ['killed', killFigures],
      ['as of', asOfFigures],
    ] as const) {
      await using ground = await openGround()
      Object.assign(figures, print(name, await measure(ground, quick)))
    }
    return figures
  },
}
