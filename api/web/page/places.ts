/** The panels, in the order of their shortcuts, and where each is. */
export const places = [
  { path: '/', name: 'Night' },
  { path: '/environment', name: 'Environment' },
  { path: '/schedule', name: 'Schedule' },
  { path: '/requests', name: 'Requests' },
  { path: '/alerts', name: 'Alerts' },
  { path: '/sky', name: 'Sky' },
  { path: '/journal', name: 'Journal' },
  { path: '/replay', name: 'Replay' },
  { path: '/system', name: 'System' },
] as const

export const signInPath = '/sign-in'

export type PlacePath = (typeof places)[number]['path'] | typeof signInPath
