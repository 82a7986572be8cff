import type { Figures } from '../bench.ts'
import { median, rounded } from '../statistics.ts'
import { assessed, fill, type Ground } from './ground.ts'
import { bareRead, engineRebuild, handLoop, latest, runUntil, secondsOf, weatherwatch } from './rebuild.ts'

const night = '2026-11-20'

/** Both sides of both ratios, taking turns. */
export const rebuildFigures = async (ground: Ground, quick: boolean): Promise<Figures> => {
  const [count, rounds] = quick ? [20_000, 2] : [200_000, 5]
  await fill(
    ground.store,
    `environment-osm-${night}`,
    Array.from({ length: count }, (_, n) => assessed(night, n + 1)),
  )
  for (const projection of [weatherwatch, latest]) {
    await runUntil(
      ground,
      projection,
      ({ state, checkpoint }) => state === 'live' && checkpoint.events === count,
    )
  }
  const taken: Record<'hand' | 'engine' | 'live' | 'fold' | 'bare', number[]> = {
    ...{ hand: [], engine: [], live: [], fold: [], bare: [] },
  }
  for (let round = 0; round < rounds; round++) {
    taken.hand.push(await secondsOf(() => handLoop(ground, count)))
    const rebuilt = await engineRebuild(ground, weatherwatch, count)
    taken.engine.push(rebuilt.filledS)
    taken.live.push(rebuilt.liveS)
    taken.bare.push(await secondsOf(() => bareRead(ground, count)))
    taken.fold.push((await engineRebuild(ground, latest, count)).filledS)
  }
  const ratios = taken.engine.map((seconds, i) => (taken.hand[i] ?? Number.NaN) / seconds)
  const folds = taken.fold.map((seconds, i) => (taken.bare[i] ?? Number.NaN) / seconds)
  return {
    rebuildRatio: rounded(median(ratios)),
    rebuildRatioLeast: rounded(Math.min(...ratios)),
    rebuildRatioMost: rounded(Math.max(...ratios)),
    rebuildEvPerS: Math.round(count / median(taken.engine)),
    rebuildSwappedEvPerS: Math.round(count / median(taken.live)),
    handEvPerS: Math.round(count / median(taken.hand)),
    foldRatio: rounded(median(folds)),
    foldRatioLeast: rounded(Math.min(...folds)),
    foldRatioMost: rounded(Math.max(...folds)),
    foldEvPerS: Math.round(count / median(taken.fold)),
    bareReadEvPerS: Math.round(count / median(taken.bare)),
  }
}
