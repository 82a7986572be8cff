import type { Detector } from '#domain/requests/sequence.ts'
import type { MasterFrameBuilt } from '../events.ts'
import { keyOf, type MasterOf } from './groups.ts'

export type MasterRef = MasterOf & { readonly id: string; readonly file: string }

/** The newest master of each thing, by what it is for. */
export type Masters = ReadonlyMap<string, MasterRef>

export type Fitting = {
  readonly bias: MasterRef | null
  readonly dark: MasterRef | null
  readonly flat: MasterRef | null
}

export const withMaster = (masters: Masters, { data }: Pick<MasterFrameBuilt, 'data'>): Masters => {
  const { kind, detector, filter, exposureS, masterId: id, file } = data
  const of = { kind, detector, filter, exposureS }
  return new Map(masters).set(keyOf(of), { ...of, id, file })
}

const howFar = (exposureS: number, dark: MasterRef): number =>
  Math.abs(Math.log((dark.exposureS ?? 1) / Math.max(exposureS, 1e-3)))

/** What fits an image: its camera's bias, the dark nearest to its exposure time (it is scaled), the flat of its filter. */
export const fitting = (
  masters: Masters,
  { detector, filter, exposureS }: { detector: Detector; filter: string; exposureS: number },
): Fitting => {
  const newest = (of: MasterOf) => masters.get(keyOf(of)) ?? null
  const darks = [...masters.values()].filter((one) => one.kind === 'dark' && one.detector === detector)
  return {
    bias: newest({ kind: 'bias', detector, filter: null, exposureS: null }),
    dark: darks.toSorted((a, b) => howFar(exposureS, a) - howFar(exposureS, b))[0] ?? null,
    flat: newest({ kind: 'flat', detector, filter, exposureS: null }),
  }
}
