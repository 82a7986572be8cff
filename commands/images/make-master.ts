import type { ImageWork } from '#domain/images/desk.ts'
import type { MasterFrameBuilt, MasterFrameNotBuilt } from '#domain/images/events.ts'
import type { MasterRef } from '#domain/images/masters/choose.ts'
import { masterFileOf } from '#domain/images/masters/groups.ts'
import type { DarkTool, ImageWorks } from './image-works.ts'

export const darkTool = (dark: MasterRef | null): DarkTool | null =>
  dark && dark.exposureS !== null ? { ...dark, exposureS: dark.exposureS } : null

/** Makes a master of a night's frames, or says why there is none. */
export const makeMaster = async (
  works: ImageWorks,
  { id: masterId, group, fitting }: Extract<ImageWork, { kind: 'master' }>,
): Promise<MasterFrameBuilt | MasterFrameNotBuilt> => {
  const { kind, detector, filter, exposureS, night } = group
  const of = { masterId, kind, detector, filter, exposureS, framesNight: night }
  const not = (reason: MasterFrameNotBuilt['data']['reason'], detail: string): MasterFrameNotBuilt => ({
    type: 'MasterFrameNotBuilt',
    data: { ...of, reason, detail },
  })
  const bias = kind === 'bias' ? null : fitting.bias
  if (kind !== 'bias' && !bias) return not('no-bias', 'there is no master bias of this camera yet')
  const file = masterFileOf(night, group)
  const dark = kind === 'flat' ? darkTool(fitting.dark) : null
  const made = await works.master({ ...group, bias, dark, output: file })
  if (made.kind === 'not-built') return not('no-frames', made.detail)
  const { kind: _, frames, framesRejected, ...rest } = made
  return {
    type: 'MasterFrameBuilt',
    data: { ...of, file, ...rest, frames: [...frames], framesRejected: [...framesRejected] },
  }
}
