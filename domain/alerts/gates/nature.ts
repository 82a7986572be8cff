import { type Gate, verdict } from './gate.ts'

export const kindGate: Gate = (_, { kind }) =>
  verdict('kind', kind !== 'not-a-target', {
    figure: kind,
    limit: null,
    unit: '',
    text: kind === 'not-a-target' ? 'tells of no target' : 'tells of a source',
  })

export const testGate: Gate = ({ drill }, { effective: { testSigns }, simulated }) => {
  const inDrill = testSigns.length > 0 && (drill || simulated)
  return verdict('test', testSigns.length === 0 || inDrill, {
    figure: testSigns.join(', ') || null,
    limit: null,
    unit: '',
    text:
      testSigns.length === 0
        ? 'no sign of a test'
        : `a test (${testSigns.join(', ')})${inDrill ? ', played through on simulated devices' : ''}`,
  })
}

/** A drill that nothing here may carry out asks for no time either: it would take the telescope from the real thing. */
export const drillGate: Gate = (_, { effective: { testSigns }, simulated, realDevices }) => {
  if (!simulated && testSigns.length === 0) return null
  return verdict('drill', realDevices.length === 0, {
    figure: realDevices.join(', ') || null,
    limit: null,
    unit: '',
    text:
      realDevices.length === 0
        ? 'every device here is simulated'
        : `only simulated devices act on a drill, and these are real: ${realDevices.join(', ')}`,
  })
}

export const retractedGate: Gate = (_, { effective: { state } }) =>
  verdict('retracted', state === 'active', {
    figure: state,
    limit: 'active',
    unit: '',
    text: state === 'active' ? 'not retracted' : 'retracted by its mission',
    // A later notice may undo a retraction.
    mayPassLater: true,
  })
