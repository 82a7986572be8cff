import type { EventFeed } from '#commands/event-feed.ts'
import type { Envelope } from '#commands/handle.ts'
import { eventIdOf, noctuaryNamespace, uuidFrom } from '#domain/shared/ids.ts'
import type { Actor } from '#domain/shared/metadata.ts'
import { nightOf } from '#domain/shared/night.ts'
import type { Site } from '#domain/shared/site.ts'
import type { Instant } from '#domain/shared/time.ts'
import type { People } from './people.ts'

const actor: Actor = { kind: 'program', id: 'noctuary' }
const user = {
  userId: 'local',
  country: null,
  // Any priority may be asked for.
  level: 4,
  roles: ['observer', 'operator', 'admin'],
} as const
const profile = { displayName: 'Whoever sits here', email: 'local@noctuary.invalid' }
const programme = {
  programmeId: 'demo',
  title: 'First requests',
  leaderId: user.userId,
  memberIds: [user.userId],
}

const commandIdOf = (site: Site, what: 'user' | 'programme'): string =>
  uuidFrom(`demo people/${site.id}/${what}`, noctuaryNamespace)

const types = ['UserRegistered', 'UserErased', 'ProgrammeOpened']

/** Whether there is any of them in the log but our own user, who stands alone when a start was cut short. */
const peopleIn = async (feed: EventFeed, site: Site): Promise<boolean> => {
  const own = eventIdOf(commandIdOf(site, 'user'), 0)
  const done = new AbortController()
  for await (const { events, caughtUp } of feed.follow(types, null, done.signal)) {
    const others = events.some(({ id }) => id !== own)
    if (!others && !caughtUp) continue
    done.abort()
    return others
  }
  return false
}

type Parts = {
  readonly feed: EventFeed
  readonly people: Pick<People, 'users' | 'programmes'>
  readonly site: Site
  readonly at: Instant
}

/**
 * In a log that knows nobody, registers who is meant when nobody says who they are, and a programme to ask for: so the
 * first request of whoever tries a simulated observatory is taken. Resolves with whether it did.
 */
export const registerDemoPeople = async ({ feed, people, site, at }: Parts): Promise<boolean> => {
  if (await peopleIn(feed, site)) return false
  const envelope = (what: 'user' | 'programme'): Envelope => ({
    commandId: commandIdOf(site, what),
    at,
    night: nightOf(at, site.timeZone),
    actor,
    simulated: true,
  })
  await people.users.register({ type: 'RegisterUser', at, ...user }, profile, envelope('user'))
  await people.programmes({ type: 'OpenProgramme', at, ...programme }, envelope('programme'))
  return true
}
