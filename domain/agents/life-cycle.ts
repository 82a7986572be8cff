export const lifeStates = ['INIT', 'READY', 'ACTIVE', 'TERMINATED', 'ERROR'] as const
export const lifeInputs = ['initialize', 'activate', 'deactivate', 'terminate'] as const

export type LifeState = (typeof lifeStates)[number]
export type LifeInput = (typeof lifeInputs)[number]

const transitions: Readonly<Partial<Record<LifeState, Partial<Record<LifeInput, LifeState>>>>> = {
  INIT: { initialize: 'READY' },
  READY: { activate: 'ACTIVE', terminate: 'TERMINATED' },
  ACTIVE: { deactivate: 'READY', terminate: 'TERMINATED' },
}

/** Where an input leads; whatever is not foreseen leads to ERROR. */
export const lifeAfter = (state: LifeState, input: LifeInput): LifeState =>
  transitions[state]?.[input] ?? 'ERROR'

/** The inputs that bring a newcomer from INIT to a state, in order; none to where an owner in ERROR wants it. */
export const waysTo: Readonly<Record<LifeState, readonly LifeInput[]>> = {
  INIT: [],
  READY: ['initialize'],
  ACTIVE: ['initialize', 'activate'],
  TERMINATED: ['initialize', 'terminate'],
  ERROR: [],
}
