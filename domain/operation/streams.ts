/** What people did at the controls of the program, night by night. */
export const operationStream = (site: string, night: string): string => `operation-${site}-${night}`
