import type { Analysis } from '#domain/images/analysis/analyse.ts'
import type { FrameRef, MasterOf } from '#domain/images/masters/groups.ts'
import type { Wcs } from '#domain/images/projection.ts'

/** A master to correct with. Files are relative to the data folder. */
export type Tool = { readonly id: string; readonly file: string }
export type DarkTool = Tool & { readonly exposureS: number }

export type MasterJob = MasterOf & {
  readonly frames: readonly FrameRef[]
  readonly bias: Tool | null
  readonly dark: DarkTool | null
  readonly output: string
}

export type ImageJob = {
  readonly file: string
  readonly exposureS: number
  readonly bias: Tool | null
  readonly dark: DarkTool | null
  readonly flat: Tool | null
  readonly output: string
}

type Written = { readonly sha256: string; readonly bytes: number }

export type MasterMade =
  | ({
      readonly kind: 'built'
      readonly width: number
      readonly height: number
      readonly frames: readonly string[]
      readonly framesRejected: readonly { readonly imageId: string; readonly why: string }[]
      readonly pixelsRejected: number
      readonly mean: number
      readonly sigma: number
      readonly biasId: string | null
      readonly darkId: string | null
    } & Written)
  | { readonly kind: 'not-built'; readonly detail: string }

export type ImageMade =
  | ({
      readonly kind: 'calibrated'
      readonly width: number
      readonly height: number
      /** Which masters were there and of the image's size. */
      readonly used: { readonly bias: boolean; readonly dark: boolean; readonly flat: boolean }
      readonly wcs: Wcs | null
      readonly analysis: Analysis
    } & Written)
  | { readonly kind: 'refused'; readonly reason: 'file-gone' | 'not-an-image'; readonly detail: string }

/**
 * Computes on images. A file stands whole under its name or not at all, and doing a job again gives the same file. Rejects
 * where the machine fails (disk, memory): the job is then worth trying again.
 */
export type ImageWorks = {
  master(job: MasterJob): Promise<MasterMade>
  image(job: ImageJob): Promise<ImageMade>
}
