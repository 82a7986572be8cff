import { BlockList, isIPv6 } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** An address of IPv4 that was reached over IPv6 is still the same one. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

export const isLoopback = (address: string): boolean => {
  const given = plain(address)
  return loopback.check(given, isIPv6(given) ? 'ipv6' : 'ipv4')
}

/** The 16-bit groups of an IPv6 address, the left out zeros written out. */
const groupsOf = (address: string): string[] => {
  const [head = '', tail] = address.split('::').map((half) => half)
  const [before, after] = [head, tail ?? ''].map((half) => half.split(':').filter((group) => group !== ''))
  const missing = tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0)
  return [...(before ?? []), ...Array.from({ length: missing }, () => '0'), ...(after ?? [])]
}

/** Who counts as one: an address of IPv4, or the 64 bits of IPv6 that one customer of a provider has all of. */
export const placeOf = (address: string): string => {
  const given = plain(address)
  if (!isIPv6(given)) return given
  const network = groupsOf(given).slice(0, 4)
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
