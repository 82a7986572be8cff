import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { PlcSimulator } from '#simulators/plc.ts'
import { shippedStatus } from '#simulators/plc-status.ts'
import { parseScenario, unchanging } from '#simulators/scenario.ts'
import { scenarioNamed } from '#simulators/scenario-file.ts'
import { listeningSimulator, PlcPeer, statusCommand, valueIn } from './plc-peer.ts'

const scenario = (...entries: unknown[]) =>
  parseScenario([100, ...entries.map((plcSimulator) => ({ time: 1, plcSimulator }))])

describe('the simulated PLC', () => {
  it('W21 works from code, without the command line', async () => {
    const { simulator, address } = await listeningSimulator()
    expect((await new PlcPeer(address).ask()).name).toBe('STATUS')
    await simulator.stop()
    expect(await simulator.ended).toBe('stopped')
  })

  it('P1, P2, P3 answers STATUS with an array of one message, units verbatim', async () => {
    const { address } = await listeningSimulator()
    const peer = new PlcPeer(address)
    peer.socket.write(statusCommand)
    const reply: unknown = JSON.parse(await peer.text())
    expect(reply).toEqual([shippedStatus('pyros')])
    expect(reply).toMatchObject([
      {
        name: 'STATUS',
        from: 'Beckhoff',
        version_firmware: '20170809',
        site: 'OSM-Mexico',
        date: '2017-03-03T13:45:00',
        device: [
          {
            name: 'WXT520',
            type: 'meteo',
            serial_number: '14656423',
            valid: 'yes',
            values: [
              { name: 'OutsideTemp', value: 12.12, unit: 'Celcius', comment: '' },
              {},
              {},
              {},
              {},
              {},
              {},
            ],
          },
          { name: 'DRD11' },
          { name: 'VantagePro', valid: 'no' },
          { name: 'MLX90614-1', serial_number: 'Unknown' },
          { name: 'LAMP_FLAT_CAGIRE', serial_number: 'REF_3434' },
          { name: 'LAMP FLAT CAGIRE', serial_number: 'REF_3434' },
        ],
      },
    ])
  })

  it('P19, P20 it rains for 3 ≤ i < 7 with the scenario of PYROS, then it ends after 10 iterations', async () => {
    const { clock, simulator, address } = await listeningSimulator({ scenario: scenarioNamed('pyros-plc') })
    const peer = new PlcPeer(address)
    const rain: unknown[] = []
    for (let i = 0; i < 10; i += 1) {
      expect(simulator.iteration).toBe(i)
      const message = await peer.ask()
      rain.push(valueIn(message, 'WXT520', 'RainRate'))
      expect(valueIn(message, 'VantagePro', 'RainRate')).toBe(rain[i])
      if (i < 9) await clock.advanceBy(1000)
    }
    expect(rain).toEqual([0, 0, 0, 12, 12, 12, 12, 0, 0, 0])
    const cut = once(peer.socket, 'close')
    await clock.advanceBy(1000)
    expect(await simulator.ended).toBe('lifetime')
    await cut
  })

  it('P19 lives until the last millisecond of its last iteration', async () => {
    const { clock, address, simulator } = await listeningSimulator({
      scenario: parseScenario([10]),
      iterationMs: 50,
    })
    await clock.advanceBy(499)
    expect((await new PlcPeer(address).ask()).name).toBe('STATUS')
    await clock.advanceBy(1)
    expect(await simulator.ended).toBe('lifetime')
  })

  it('P20 without a scenario the answer never changes, and nothing ends it', async () => {
    const { clock, address } = await listeningSimulator()
    const peer = new PlcPeer(address)
    const before = await peer.ask()
    await clock.advanceBy(86_400_000)
    expect(await peer.ask()).toEqual(before)
  })

  it('P9 the date of PYROS stands still; with an advancing clock it is the time, without a zone', async () => {
    const standing = await listeningSimulator({ scenario: parseScenario([100]) })
    await standing.clock.advanceBy(61_000)
    expect((await new PlcPeer(standing.address).ask()).date).toBe('2017-03-03T13:45:00')
    const advancing = await listeningSimulator({
      scenario: parseScenario([{ iterations: 100, clock: 'advancing' }]),
    })
    await advancing.clock.advanceBy(61_000)
    expect((await new PlcPeer(advancing.address).ask()).date).toBe('2026-11-21T20:01:01')
  })

  it('repeats for ever where its head says so', async () => {
    const rainy = { device_name: 'WXT520', value_name: 'RainRate', value: 5 }
    const { clock, address } = await listeningSimulator({
      scenario: parseScenario([
        { iterations: 3, repeat: true },
        { time: 2, plcSimulator: rainy },
      ]),
    })
    const peer = new PlcPeer(address)
    const rain: unknown[] = []
    for (let i = 0; i < 9; i += 1) {
      rain.push(await peer.value('WXT520', 'RainRate'))
      await clock.advanceBy(1000)
    }
    expect(rain).toEqual([0, 0, 5, 0, 0, 5, 0, 0, 5])
  })

  it('A11 serves 12 at once, each command once, UTF-8 unchanged', async () => {
    const { address } = await listeningSimulator()
    const answered = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const peer = new PlcPeer(address)
        const unknown = await peer.ask(JSON.stringify({ command: [{ name: `ÉTAT ☂ 𝄞 ${i}` }] }))
        const status = await peer.ask()
        return { comment: unknown.comment, status: status.name }
      }),
    )
    expect(answered).toEqual(
      Array.from({ length: 12 }, (_, i) => ({
        comment: `unknown command "ÉTAT ☂ 𝄞 ${i}" (known: STATUS, OUTPUTS, PRETEND_RAIN, LAMP_ON, LAMP_OFF, POWER_ON, POWER_OFF)`,
        status: 'STATUS',
      })),
    )
  })

  it('A12 a command of 64 KiB gets one answer, two glued ones get two, one in pieces gets one', async () => {
    const { address } = await listeningSimulator()
    const peer = new PlcPeer(address)
    const long = JSON.stringify({ command: [{ name: 'STATUS', comment: '☂'.repeat(22_000) }] })
    expect(Buffer.byteLength(long)).toBeGreaterThan(65_536)
    const names = [(await peer.ask(long)).name]
    peer.socket.write(statusCommand + statusCommand)
    names.push((await peer.message()).name, (await peer.message()).name)
    for (const character of statusCommand) peer.socket.write(character)
    names.push((await peer.message()).name)
    // Were there one answer too many, it would be here before this one.
    const last = await peer.ask('{"command":[{"name":"END"}]}')
    expect([...names, last.name]).toEqual(['STATUS', 'STATUS', 'STATUS', 'STATUS', 'ERROR'])
  })

  it.for([
    ['{"command":[{"name":STATUS}]}', 'this is not JSON'],
    ['{"order":"STATUS"}', 'this is no command: {"command":[{"name":"STATUS"}]} is one'],
    ['{"command":[]}', 'this is no command: {"command":[{"name":"STATUS"}]} is one'],
    ['GET / HTTP/1.1', 'it begins with neither [ nor {, so it is no message'],
  ])('answers %s with an error in the same clothes, not with silence', async ([command, comment]) => {
    const { address } = await listeningSimulator()
    const peer = new PlcPeer(address)
    expect(await peer.ask(command)).toMatchObject({ name: 'ERROR', from: 'Beckhoff', comment })
  })

  it('P23, W12 an outage of N iterations: unreachable, then back on the same port', async () => {
    const log: string[] = []
    const { clock, address } = await listeningSimulator({
      scenario: parseScenario([100, { time: 2, plcSimulator: { outage: 5 } }]),
      log: (line) => log.push(line),
    })
    const peer = new PlcPeer(address)
    expect((await peer.ask()).name).toBe('STATUS')
    const cut = once(peer.socket, 'close')
    await clock.advanceBy(2000)
    await cut
    for (let i = 2; i < 7; i += 1) {
      const refused = new PlcPeer(address)
      await expect(once(refused.socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
      await clock.advanceBy(1000)
    }
    expect((await new PlcPeer(address).ask()).name).toBe('STATUS')
    expect(log).toEqual(['iteration 2: unreachable', 'iteration 7: reachable again'])
  })

  it('A6, P56 its port is free at once when it ends', async () => {
    const { clock, address, simulator } = await listeningSimulator({ scenario: parseScenario([1]) })
    await new PlcPeer(address).ask()
    await clock.advanceBy(1000)
    expect(await simulator.ended).toBe('lifetime')
    const next = new PlcSimulator({ clock })
    expect(await next.listen(address)).toEqual(address)
    await next.stop()
  })

  it('can be stopped during an outage, twice, and before it listens', async () => {
    const { clock, simulator } = await listeningSimulator({ scenario: scenario({ outage: 10 }) })
    await clock.advanceBy(2000)
    await Promise.all([simulator.stop(), simulator.stop()])
    expect(await simulator.ended).toBe('stopped')
    expect(clock.pending()).toBe(0)
    const idle = new PlcSimulator({ clock, scenario: unchanging() })
    await idle.stop()
    expect(await idle.ended).toBe('stopped')
  })

  it('refuses a port that is taken', async () => {
    const { clock, address } = await listeningSimulator()
    await expect(new PlcSimulator({ clock }).listen(address)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('sends a wrong unit, a missing value, a number as text, an invalid device and one never seen', async () => {
    const stars = { name: 'Stars', value: 1204, unit: 'count', comment: '' }
    const camera = { name: 'SKYCAM', type: 'camera', serial_number: 'new', valid: 'yes', values: [stars] }
    const { clock, address } = await listeningSimulator({
      scenario: scenario(
        { device_name: 'WXT520', value_name: 'OutsideTemp', unit: 'Fahrenheit' },
        { device_name: 'WXT520', value_name: 'RainRate', value: null },
        { device_name: 'WXT520', value_name: 'WindSpeed', value: '3.1' },
        { device_name: 'DRD11', valid: 'no' },
        { device: camera },
      ),
    })
    await clock.advanceBy(1000)
    const { device } = await new PlcPeer(address).ask()
    const [wxt, drd] = device
    expect(wxt?.values).toEqual(
      expect.arrayContaining([
        { name: 'OutsideTemp', value: 12.12, unit: 'Fahrenheit', comment: '' },
        { name: 'RainRate', unit: 'mm/h', comment: '' },
        { name: 'WindSpeed', value: '3.1', unit: 'm/s', comment: '' },
      ]),
    )
    expect(drd?.valid).toBe('no')
    expect(device.at(-1)).toEqual(camera)
  })
})
