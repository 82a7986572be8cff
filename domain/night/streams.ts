/** What the night as a whole went through, ending with its seal: `night-<site>-<night>`. */
export const nightStream = (site: string, night: string): string => `night-${site}-${night}`

const anyNight = '-[0-9]{4}-[0-9]{2}-[0-9]{2}$'

/**
 * A regular expression for the names of all streams that can hold events of a night. A stream whose name ends in a date
 * holds that night alone; any other (`request-…`, `agent-…`) may hold events of any night. So the bulk of a long log,
 * the streams of other nights, never leaves the server.
 */
export const streamsThatMayHold = (night: string): string => `^(?![$])(?:.*-${night}$|(?!.*${anyNight}).*$)`
