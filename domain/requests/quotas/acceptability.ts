/**
 * An observation with a smaller share of its images is not charged. LCO's default for imaging: its observation portal takes a
 * request for complete from 90 % on (`default_acceptability_threshold`) and refunds by hand; here the refund is at once.
 */
const acceptableShare = 0.9

/** The share of its images from which on a sequence counts as observed; a quality of 0 names no threshold. */
export const leastShareOf = (minQuality: number): number => (minQuality === 0 ? acceptableShare : minQuality)

type Attempt = { readonly imagesTaken: number; readonly imagesExpected: number }

/** What an attempt leaves of an observation, 0 to 1: it is expected to take what the attempts before it left. */
export const leftAfter = (left: number, { imagesTaken, imagesExpected }: Attempt): number =>
  imagesExpected === 0 ? 0 : left * (1 - Math.min(1, imagesTaken / imagesExpected))

/** Whether what is left is so little that the sequence counts as observed: then it is charged, wholly, and done. */
export const isAcceptable = (left: number, leastShare: number): boolean =>
  // Shares are fractions, and few of them are exact in binary.
  1 - left >= leastShare - 1e-9
