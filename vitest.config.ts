import { tmpdir } from 'node:os'
import path from 'node:path'
import { defineConfig } from 'vitest/config'

const long = process.env['NOCTUARY_LONG'] !== undefined

export default defineConfig({
  test: {
    include: [long ? 'test/**/*.long.ts' : 'test/**/*.spec.ts'],
    globalSetup: 'test/support/global-setup.ts',
    // Many tests wait for processes they started; vitest's own choice is one worker on two cores.
    maxWorkers: 3,
    maxConcurrency: 4,
    testTimeout: long ? 600_000 : 120_000,
    hookTimeout: 120_000,
    // A second, the default, is too short for a command of ours on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    // No test may depend on the zone of the machine it runs on: this one has halves of hours and crosses the date line.
    env: {
      TZ: 'Pacific/Chatham',
      // A third off what it costs to start a program of ours, and the tests start hundreds.
      NODE_COMPILE_CACHE: path.join(tmpdir(), 'node-compile-cache'),
    },
  },
})
