/** The ledger of a period: `quota-2026B`. */
export const quotaStream = (period: string): string => `quota-${period}`
