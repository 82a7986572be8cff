import { describe, expect, it } from 'vitest'
import { isDemo } from '#api/auth/demo.ts'
import { readConfig } from '#api/config.ts'

const demo = (environment: NodeJS.ProcessEnv) => isDemo(readConfig(environment))

describe('looking without signing in', () => {
  it.each([
    [{}, true],
    [{ NOCTUARY_DEMO: 'on' }, true],
    [{ NOCTUARY_DEMO: 'off' }, false],
    [{ HOST: '0.0.0.0' }, false],
    [{ PLC_ADDRESS: '10.0.0.5:5003' }, false],
    [{ DOME_ADDRESS: '10.0.0.5:5004' }, false],
    [{ DOME_ADDRESS: '127.0.0.1:5004', SIMULATED: 'yes' }, true],
  ])('%j: %s', (environment, expected) => expect(demo(environment)).toBe(expected))

  it.each([
    [{ NOCTUARY_DEMO: 'on', HOST: '0.0.0.0' }, 'HOST is 0.0.0.0'],
    [{ NOCTUARY_DEMO: 'on', PLC_ADDRESS: '10.0.0.5:5003' }, 'PLC_ADDRESS is set'],
    [{ NOCTUARY_DEMO: 'perhaps' }, 'on or off'],
  ])('%j is refused: %s', (environment, why) => expect(() => demo(environment)).toThrow(why))
})
