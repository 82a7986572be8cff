import { describe, expect, it } from 'vitest'
import { isLoopback, placeOf } from '#api/auth/address.ts'

describe('an address', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) =>
    expect(isLoopback(address)).toBe(true),
  )
  it.each(['128.0.0.1', '10.0.0.1', '::', 'fe80::1', '::ffff:10.0.0.1', '2001:db8::127.0.0.1'])(
    '%s is another',
    (address) => expect(isLoopback(address)).toBe(false),
  )

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, place) => expect(placeOf(address)).toBe(place))
})
