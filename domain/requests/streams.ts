/** One stream per request. */
export const requestStream = (requestId: string): string => `request-${requestId}`
