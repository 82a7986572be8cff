import { isIP } from 'node:net'
import { z } from 'zod'

const listed = z
  .string()
  .transform((text) => text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])))

const addressOf = (text: string) => {
  const [, host = '', digits = ''] = /^([^:\s]+):(\d{1,5})$/.exec(text) ?? []
  return { host, port: Number(digits) }
}

const addresses = listed
  .refine((all) => all.every((one) => addressOf(one).host !== ''), 'addresses are host:port,host:port')
  .transform((all) => all.map(addressOf))

const isNetwork = (text: string): boolean => {
  const [address = '', bits = '0', ...more] = text.split('/')
  const family = isIP(address)
  return family !== 0 && more.length === 0 && /^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

const networks = listed.refine(
  (all) => all.every(isNetwork),
  'addresses and networks of the machines allowed, e.g. 127.0.0.1,10.1.0.0/16',
)

const port = z.coerce
  .number('a port is a whole number from 0 to 65535, 0 for any free one')
  .int()
  .min(0)
  .max(65_535)

const gcnTopics = [
  'gcn.classic.voevent.SWIFT_BAT_GRB_POS_ACK',
  'gcn.classic.voevent.SWIFT_XRT_POSITION',
  'gcn.classic.voevent.FERMI_GBM_FLT_POS',
  'gcn.classic.voevent.FERMI_GBM_GND_POS',
  'gcn.classic.voevent.FERMI_GBM_FIN_POS',
  'gcn.classic.voevent.FERMI_LAT_POS_INI',
  'gcn.classic.voevent.ICECUBE_ASTROTRACK_GOLD',
  'gcn.classic.voevent.ICECUBE_ASTROTRACK_BRONZE',
  'gcn.notices.svom.voevent.grm',
  'gcn.notices.svom.voevent.eclairs',
  'gcn.notices.svom.voevent.mxt',
  'gcn.notices.einstein_probe.wxt.alert',
  'igwn.gwalert',
].join(',')

/** Where notices come from and go to; all of it is off unless it is set, but for the simulated broker. */
export const alertSettings = {
  ALERT_BROKERS: addresses
    .optional()
    .describe('VTP brokers to follow as host:port,host:port instead of the simulated one'),
  ALERT_SIMULATOR_PORT: port.default(0).describe('the port of the simulated VTP broker'),
  ALERT_AUTHOR_PORT: port.optional().describe('a VTP port that takes notices from authors, 8098 by custom'),
  ALERT_AUTHORS: networks
    .default(['127.0.0.1', '::1'])
    .describe('who may send there: addresses and networks, e.g. 127.0.0.1,10.1.0.0/16'),
  ALERT_FOLDER: z.string().optional().describe('a folder to take notices from, as files'),
  ALERT_PUBLISH_PORT: port.optional().describe('a VTP broker of ours for subscribers, 8099 by custom'),
  ALERT_SUBSCRIBERS: networks
    .default(['127.0.0.1', '::1'])
    .describe('who may follow it: addresses and networks'),
  ALERT_IVORN: z
    .string()
    .regex(/^ivo:\/\/[\w.-]+\/[\w./-]+$/, 'an ivorn is ivo://authority/name')
    .default('ivo://noctuary.local/alerts')
    .describe('who we are to brokers, authors and subscribers'),
  GCN_CLIENT_ID: z.string().optional().describe('of your GCN account: notices come by Kafka'),
  GCN_CLIENT_SECRET: z.string().optional().describe('of your GCN account'),
  GCN_BROKERS: addresses
    .default([{ host: 'kafka.gcn.nasa.gov', port: 9092 }])
    .describe("GCN's Kafka brokers"),
  GCN_TOKEN_URL: z
    .url('a token endpoint is a URL')
    .default('https://auth.gcn.nasa.gov/oauth2/token')
    .describe('where tokens for GCN come from'),
  GCN_TLS: z.enum(['on', 'off'], 'on or off').default('on').describe('whether GCN is reached by TLS'),
  GCN_GROUP: z
    .string()
    .default('noctuary')
    .describe('the consumer group; a new one takes everything that GCN still keeps'),
  GCN_TOPICS: listed.prefault(gcnTopics).describe('the topics to take, beside gcn.heartbeat'),
} as const
