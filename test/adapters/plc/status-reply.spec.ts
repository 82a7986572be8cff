import { describe, expect, it } from 'vitest'
import { decodeStatusReply } from '#adapters/plc/status-reply.ts'

const status = (device: unknown, more: object = {}) => [
  {
    name: 'STATUS',
    from: 'Beckhoff',
    version_firmware: '20170809',
    site: 'OSM-Mexico',
    date: '2017-03-03T13:45:00',
    device,
    ...more,
  },
]
const device = (values: unknown, more: object = {}) => ({
  name: 'WXT520',
  type: 'meteo',
  serial_number: '14656423',
  valid: 'yes',
  values,
  ...more,
})
const valuesOf = (values: unknown) => {
  const decoded = decodeStatusReply(status([device(values)]))
  return decoded.ok ? decoded.reply.devices[0]?.values : decoded.detail
}

describe('the status reply', () => {
  it('P2, P3 becomes a reading, units verbatim', () => {
    const values = [{ name: 'OutsideTemp', value: 12.12, unit: 'Celcius', comment: '' }]
    expect(decodeStatusReply(status([device(values)]))).toEqual({
      ok: true,
      reply: {
        source: { from: 'Beckhoff', firmware: '20170809', site: 'OSM-Mexico', date: '2017-03-03T13:45:00' },
        devices: [{ name: 'WXT520', type: 'meteo', serialNumber: '14656423', valid: 'yes', values }],
      },
    })
  })

  it('P4 keeps two devices of one serial, and devices it never heard of', () => {
    const devices = ['LAMP_FLAT_CAGIRE', 'LAMP FLAT CAGIRE', 'SKYCAM'].map((name) =>
      device([], { name, type: 'unheard-of', serial_number: 'REF_3434' }),
    )
    const decoded = decodeStatusReply(status(devices))
    expect(decoded.ok && decoded.reply.devices.map(({ name }) => name)).toEqual([
      'LAMP_FLAT_CAGIRE',
      'LAMP FLAT CAGIRE',
      'SKYCAM',
    ])
  })

  it('P8 a value that is missing is null, never 0', () => {
    expect(valuesOf([{ name: 'RainRate', unit: 'mm/h', comment: '' }])).toMatchObject([{ value: null }])
    expect(valuesOf([{ name: 'RainRate', value: null, unit: 'mm/h' }])).toMatchObject([{ value: null }])
  })

  it('a number sent as text stays text, and a missing unit is empty', () => {
    expect(valuesOf([{ name: 'RainRate', value: '0.0' }])).toEqual([
      { name: 'RainRate', value: '0.0', unit: '', comment: '' },
    ])
  })

  it('additional keys are no fault', () => {
    const decoded = decodeStatusReply(
      status([device([{ name: 'RainRate', value: 0, unit: 'mm/h', comment: '', age: 3 }], { slot: 4 })], {
        load: 1,
      }),
    )
    expect(decoded).toMatchObject({ ok: true, reply: { devices: [{ values: [{ value: 0 }] }] } })
    expect(JSON.stringify(decoded)).not.toMatch(/age|slot|load/)
  })

  it('words that are missing are empty, so that such a device is not valid', () => {
    const decoded = decodeStatusReply([{ name: 'STATUS', device: [{ name: 'WXT520' }] }])
    expect(decoded).toEqual({
      ok: true,
      reply: {
        source: { from: '', firmware: '', site: '', date: '' },
        devices: [{ name: 'WXT520', type: '', serialNumber: '', valid: '', values: [] }],
      },
    })
  })

  it.for([
    [null, 'the reply'],
    [status([]).concat(status([])), 'the reply'],
    [status('none'), '0.device'],
    [status([device([{ value: 1 }])]), '0.device.0.values.0.name'],
    [status([device([{ name: 'RainRate', value: [1] }])]), '0.device.0.values.0.value'],
  ] as const)('P5 what is no status is refused with the place: %j', ([reply, place]) => {
    const decoded = decodeStatusReply(reply)
    expect(decoded).toMatchObject({ ok: false, detail: expect.stringMatching(new RegExp(`^${place}: `)) })
  })
})
