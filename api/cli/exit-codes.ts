/** What commands end with, for scripts; 0 is fine and 1 any other fault. */
export const exitCodes = {
  badInput: 2,
  differs: 3,
  notSealed: 4,
  nightUnknown: 5,
  late: 6,
  truncated: 7,
  tampered: 8,
  signature: 9,
  formatUnknown: 10,
  notEmpty: 11,
  notOver: 12,
  logAway: 13,
  undecodable: 14,
  eventUnknown: 15,
  readModelUnknown: 16,
  logDamaged: 17,
  refused: 18,
  notAccepted: 19,
  noAnswer: 20,
  notAllowed: 21,
} as const

const meanings: Readonly<Record<keyof typeof exitCodes, string>> = {
  badInput: 'what was asked for cannot be read: a night, a limit',
  differs: 'the night differs from its seal, or judging it anew from what was recorded',
  notSealed: 'the night was never sealed',
  nightUnknown: 'the log has no such night',
  late: 'the sealed night is whole, and events came after its seal',
  truncated: 'the export ends too early',
  tampered: 'the export was changed',
  signature: 'the signature of the export does not hold or is not trusted',
  formatUnknown: 'the file is no export, or of a version unknown here',
  notEmpty: 'the log has other events in the streams of the export, or lacks earlier ones',
  notOver: 'the night is not over',
  logAway: 'the event store does not answer',
  undecodable: 'an event of a newer program cannot be judged',
  eventUnknown: 'there is no such event',
  readModelUnknown: 'there is no such read model',
  logDamaged: 'the log contradicts itself',
  refused: 'the observatory refuses: taken, unknown, erased, closed, withdrawn, or never possible from there',
  notAccepted: 'the other side refused it',
  noAnswer: 'the other side gave no answer',
  notAllowed: 'you may not, or nobody knows who you are',
}

/** The lines of `--help` about some of the exit codes. */
export const exitCodeHelp = (...names: readonly (keyof typeof exitCodes)[]): string =>
  [
    '\nExit codes:',
    '   0  fine',
    '   1  any other fault',
    ...names.map((name) => `  ${`${exitCodes[name]}`.padStart(2)}  ${meanings[name]}`),
  ].join('\n')
