import { effect } from '@preact/signals'
import { connectLive, type LiveClient } from '#api/live/client.ts'
import { refreshFor } from './answer.ts'
import { lost } from './connection.ts'
import { learnSession, session } from './session.ts'

const models = [
  'environment',
  'weatherwatch',
  'sitewatch',
  'nights',
  'observations',
  'images',
  'devices',
  'schedule',
  'requests',
  'sequences',
  'alerts',
  'agents',
  'journal',
] as const

/** What is in no read model, so that nobody tells of its changes. */
const asked = ['parts', 'graph', 'projections'] as const
const askedEveryMs = 2000
/** A line that went silent is found out about in this time and the patience of a question. */
const pulseMs = 5000
/** One batch of events changes several read models: what shows them is asked for once. */
const gatherMs = 80

let gathered = new Set<string>()

const changed = (model: string): void => {
  if (gathered.size === 0)
    setTimeout(() => {
      const all = [...gathered]
      gathered = new Set()
      refreshFor(all)
    }, gatherMs)
  gathered.add(model)
}

const listen = (): LiveClient =>
  connectLive({
    url: '',
    models,
    onModel: ({ model }) => changed(model),
    // While nobody listened anything may have happened.
    onConnected: () => refreshFor(null),
    onDisconnected: ({ final }) => {
      if (!final) lost()
    },
  })

/** Keeps what is on the page up to date, and finds out when it cannot. */
export const startLive = (): void => {
  let client: LiveClient | null = null
  let reader: string | null = null
  // Another person may see other things: the stream is theirs, too.
  effect(() => {
    const now = session.value
    const who = now?.may.includes('read') ? `${now.user}` : null
    if (who === reader) return
    reader = who
    client?.close()
    client = who === null ? null : listen()
  })
  setInterval(() => refreshFor(asked), askedEveryMs)
  setInterval(() => void learnSession(), pulseMs)
}
