import type { Pool } from 'pg'
import { personalDataIn } from '#adapters/postgres/people.ts'
import type { EventStore } from '#commands/event-store.ts'
import { programmeCommands } from '#commands/people/programmes.ts'
import { userCommands } from '#commands/people/users.ts'
import { grantQuota } from '#commands/quotas/grant-quota.ts'

/** What can be done about people and their time, on this log and this database. */
export const peopleOn = (store: EventStore, pool: Pool, site: string) => {
  const personalData = personalDataIn(pool)
  return {
    personalData,
    users: userCommands({ store, personalData, site }),
    programmes: programmeCommands({ store, site }),
    grant: grantQuota({ store, site }),
  }
}

export type People = ReturnType<typeof peopleOn>
