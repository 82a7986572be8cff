/** One attempt at one sequence: `observation-<sequence>-<attempt>`. */
export const observationStream = (sequenceId: string, attempt: number): string =>
  `observation-${sequenceId}-${attempt}`
