/** Every plan of one night, with the explanations: `schedule-<site>-<night>`. The planner alone writes to it. */
export const scheduleStream = (site: string, night: string): string => `schedule-${site}-${night}`

/** One ask for a plan, a stream of its own: askers never race with one another or with the planner. */
export const scheduleAskStream = (askId: string): string => `scheduleAsk-${askId}`
