/**
 * An observation with a smaller share of its images is not charged. LCO's default for imaging: its observation portal takes a
 * request for complete from 90 % on (`default_acceptability_threshold`) and refunds by hand; here the refund is at once.
 */
export const acceptableShare = 0.9

/** What an observation of `imagesTaken` images is worth: charged wholly or not at all, never by halves. */
export const isAcceptable = (
  { imagesTaken, imagesExpected }: { imagesTaken: number; imagesExpected: number },
  leastShare: number,
): boolean => imagesTaken >= leastShare * imagesExpected
