import type { ImageJob, ImageMade, MasterJob, MasterMade } from '#commands/images/image-works.ts'

/** What crosses from our thread to the one that works on images. */
export type Question =
  | { readonly kind: 'master'; readonly id: number; readonly job: MasterJob }
  | { readonly kind: 'image'; readonly id: number; readonly job: ImageJob }

/** And back. */
export type Answered =
  | { readonly kind: 'master'; readonly id: number; readonly made: MasterMade }
  | { readonly kind: 'image'; readonly id: number; readonly made: ImageMade }
  | { readonly kind: 'failed'; readonly id: number; readonly error: string }
