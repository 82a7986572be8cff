import { BlockList, isIPv6 } from 'node:net'

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4')

/**
 * Who may connect: addresses and networks such as `10.1.0.0/16`. A machine that listens on IPv6 shows IPv4 callers as
 * `::ffff:10.1.2.3`; they count as what they are.
 */
export const allowList = (entries: readonly string[]): ((address: string | undefined) => boolean) => {
  const listed = new BlockList()
  for (const entry of entries) {
    const [network = '', bits] = entry.split('/')
    if (bits === undefined) listed.addAddress(network, familyOf(network))
    else listed.addSubnet(network, Number(bits), familyOf(network))
  }
  return (address) => {
    if (address === undefined) return false
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
    return listed.check(plain, familyOf(plain))
  }
}
