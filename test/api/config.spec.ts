import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '#api/config.ts'

describe('settings from the environment', () => {
  it('are complete without any', () => {
    expect(readConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 8000,
      PLC_PERIOD_MS: 2000,
      PLC_VALID_POLICY: 'strict',
    })
  })

  it('an empty one counts as not given', () => {
    expect(readConfig({ PORT: '', EVENTSTORE_URL: '' })).toMatchObject({ PORT: 8000 })
  })

  it.each([
    [{ PORT: 'eighty' }, 'PORT=eighty: a port is a whole number from 0 to 65535, 0 for any free one'],
    [{ PORT: '70000' }, 'PORT=70000: a port is a whole number from 0 to 65535, 0 for any free one'],
    [
      { EVENTSTORE_URL: 'http://x' },
      'EVENTSTORE_URL=http://x: an event store address is esdb://host:port?tls=false',
    ],
    [
      { DATABASE_URL: 'mysql://x' },
      'DATABASE_URL=mysql://x: a database address is postgres://user:password@host:port/name',
    ],
    [{ PLC_ADDRESS: 'plc' }, 'PLC_ADDRESS=plc: an address is host:port, e.g. 127.0.0.1:5003'],
    [{ PLC_VALID_POLICY: 'lax' }, 'PLC_VALID_POLICY=lax: a valid policy is strict or pyros'],
    [{ SAFETY_LIMITS: '{wind' }, 'SAFETY_LIMITS={wind: not JSON'],
    [{ SITE: '{"id":"a-b"}' }, 'a site id is lower-case letters and digits, e.g. osm'],
    [{ GCN_CLIENT_ID: 'abc' }, 'GCN_CLIENT_SECRET=: is needed too: GCN gives id and secret together'],
    [{ GCN_CLIENT_SECRET: 'abc' }, 'GCN_CLIENT_ID=: is needed too'],
    [{ TRUSTED_PROXIES: '127.0.0.1, proxy' }, 'proxy: a proxy is an address or a network'],
    [{ TRUSTED_PROXIES: '10.0.0.0/33' }, '10.0.0.0/33: a proxy is an address or a network'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud: silent, error, warn, info or debug'],
  ])('%j is refused, saying what would be right', (environment, sentence) => {
    expect(() => readConfig(environment)).toThrow(ConfigError)
    expect(() => readConfig(environment)).toThrow(sentence)
  })

  it('all wrong ones are named at once', () => {
    expect(() => readConfig({ PORT: '-1', LOG_LEVEL: 'loud' })).toThrow(/PORT=-1.*\n.*LOG_LEVEL=loud/)
  })
})
