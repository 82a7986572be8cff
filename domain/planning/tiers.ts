/** The best first: what is of a lower one never takes the place of what is of a higher one. */
export const tiers = ['alert', 'time-critical', 'normal', 'filler'] as const

export type Tier = (typeof tiers)[number]
