/** The calibration frames of a night. */
export const calibrationStream = (site: string, night: string): string => `calibration-${site}-${night}`

/** One attempt at one sequence: `observation-<sequence>-<attempt>`. */
export const observationStream = (sequenceId: string, attempt: number): string =>
  `observation-${sequenceId}-${attempt}`
