/** From the first notice on, in the order in which they are taken. */
export const latencySteps = [
  { name: 'judged', says: 'judged' },
  { name: 'requested', says: 'request made' },
  { name: 'submitted', says: 'submitted' },
  { name: 'scheduled', says: 'in the plan' },
  { name: 'observed', says: 'observing' },
] as const
