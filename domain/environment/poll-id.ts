/** Polls a night can have: one every 0.1 s from noon to noon is fewer. */
const pollsPerNight = 1_000_000

/**
 * The number of an answered poll, for rows and people: the night's date and the poll's number in it, e.g.
 * 20261121000042. It rises with time at one site, and comes from the log alone.
 */
export const pollIdOf = (night: string, poll: number): number =>
  Number(night.replaceAll('-', '')) * pollsPerNight + poll
