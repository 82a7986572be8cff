import { readFileSync } from 'node:fs'

/** Where an event store is and how to speak to it, out of a connection string. */
export type Address = {
  hosts: readonly string[]
  discover: boolean
  tls: boolean
  verifyCertificate: boolean
  certificateAuthority: Buffer | undefined
  authorization: string | undefined
}

const shape = /^esdb(?<discover>\+discover)?:\/\/(?:(?<user>[^@/]*)@)?(?<hosts>[^/?]+)\/?(?:\?(?<query>.*))?$/
const defaultPort = 2113

export const parseAddress = (url: string): Address => {
  const groups = shape.exec(url)?.groups
  if (!groups)
    throw new Error(`${url} is not an EventStoreDB address such as esdb://127.0.0.1:2113?tls=false`)
  const options = new URLSearchParams(groups['query']?.toLowerCase())
  const file = new URLSearchParams(groups['query']).get('tlsCAFile')
  const hosts = (groups['hosts'] ?? '')
    .split(',')
    .map((host) => (host.includes(':') ? host : `${host}:${defaultPort}`))
  const user = groups['user']
  return {
    hosts,
    discover: groups['discover'] !== undefined || hosts.length > 1,
    tls: options.get('tls') !== 'false',
    verifyCertificate: options.get('tlsverifycert') !== 'false',
    certificateAuthority: file ? readFileSync(file) : undefined,
    authorization: user ? `Basic ${Buffer.from(decodeURIComponent(user)).toString('base64')}` : undefined,
  }
}
