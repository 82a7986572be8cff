/** All that one night's environment was and how it was judged: `environment-<site>-<night>`. */
export const environmentStream = (site: string, night: string): string => `environment-${site}-${night}`
