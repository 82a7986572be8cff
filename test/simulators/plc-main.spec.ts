import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { simulatorPorts } from '#simulators/ports.ts'
import { PlcPeer } from './plc-peer.ts'

const main = join(import.meta.dirname, '../../simulators/plc-main.ts')

const started = (...args: string[]) => {
  const child = spawn(process.execPath, [main, ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

const readySchema = z.strictObject({ ready: z.literal(true), port: z.int().positive() })
const ready = async (child: ChildProcessWithoutNullStreams) => {
  const [line] = await once(createInterface(child.stdout), 'line')
  return { host: '127.0.0.1', port: readySchema.parse(JSON.parse(line)).port }
}

const ending = async (child: ChildProcessWithoutNullStreams) => {
  const [said, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  return { code, signal, said }
}

const scenarioFile = (json: unknown): string => {
  const folder = mkdtempSync(join(tmpdir(), 'noctuary-scenario-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'scenario.json')
  writeFileSync(path, JSON.stringify(json))
  return path
}

describe('the PLC simulator as a process of its own', () => {
  it('P22 the ports are those of PYROS', () => {
    expect(simulatorPorts).toEqual({
      telescope: 5000,
      cameraVis: 5001,
      cameraNir: 5002,
      plc: 5003,
      dome: 5004,
    })
  })

  it('P22 says where it listens, answers, and ends cleanly on SIGTERM', async () => {
    const child = started('--port', '0', '--scenario', 'demo')
    const address = await ready(child)
    expect((await new PlcPeer(address).ask()).device.map(({ name }) => name)).toContain('UPS')
    child.kill('SIGTERM')
    expect(await ending(child)).toEqual({ code: 0, signal: null, said: '' })
  })

  it('P56 ends by itself with exit 0 when its lifetime is over', async () => {
    const child = started('--port', '0', '--scenario', scenarioFile([5]), '--iteration-ms', '1')
    expect(await ending(child)).toEqual({ code: 0, signal: null, said: '' })
  })

  it.for([['closed'], ['open']])('P56 and so it does with a lifeline that is %s', async ([lifeline]) => {
    const child = started(
      '--port',
      '0',
      '--stdin-lifeline',
      '--iteration-ms',
      '100',
      '--scenario',
      scenarioFile([lifeline === 'open' ? 2 : 3600]),
    )
    await ready(child)
    if (lifeline === 'closed') child.stdin.end()
    expect(await ending(child)).toEqual({ code: 0, signal: null, said: '' })
  })

  it('P24 a wrong scenario: exit 2 and the sentence', async () => {
    const wrong = scenarioFile([10, { time: 1, plcSimulator: { outages: 3 } }])
    const { code, said } = await ending(started('--port', '0', '--scenario', wrong))
    expect({ code, said }).toEqual({
      code: 2,
      said: expect.stringMatching(/^scenario element 1: plcSimulator wants /),
    })
    expect(await ending(started('--scenario', 'storm'))).toMatchObject({
      code: 2,
      said: expect.stringContaining(
        'storm: not found. Give a path, or one of those that come with Noctuary: demo, ',
      ),
    })
  })

  it('a taken port: exit 1 and what to do', async () => {
    const { port } = await ready(started('--port', '0'))
    expect(await ending(started('--port', `${port}`))).toEqual({
      code: 1,
      signal: null,
      said: `port ${port} of 127.0.0.1 is taken: stop what listens there, or choose another with --port\n`,
    })
  })

  it.for([
    [['--port', 'plc'], '--port wants a whole number up to 65535, not "plc"'],
    [['--port', '70000'], '--port wants a whole number up to 65535, not "70000"'],
    [['--speed', '2'], "Unknown option '--speed'"],
  ] as const)('%j: exit 2 and the usage', async ([args, words]) => {
    const { code, said } = await ending(started(...args))
    expect(code).toBe(2)
    expect(said).toContain(words)
    expect(said).toContain('usage: plc-main.ts [--port 5003]')
  })
})
