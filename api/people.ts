import type { Pool } from 'pg'
import { credentialsIn } from '#adapters/postgres/credentials.ts'
import { personalDataIn } from '#adapters/postgres/people.ts'
import type { EventStore } from '#commands/event-store.ts'
import type { PersonalData } from '#commands/people/personal-data.ts'
import { programmeCommands } from '#commands/people/programmes.ts'
import { userCommands } from '#commands/people/users.ts'
import { grantQuota } from '#commands/quotas/grant-quota.ts'

/** What can be done about people and their time, on this log and this database. */
export const peopleOn = (store: EventStore, pool: Pool, site: string) => {
  const credentials = credentialsIn(pool)
  const persons = personalDataIn(pool)
  const personalData: PersonalData = {
    ...persons,
    // Who is erased has no way in any more, either.
    erase: async (userId) => {
      await credentials.forget(userId)
      await persons.erase(userId)
    },
  }
  return {
    personalData,
    credentials,
    users: userCommands({ store, personalData, site }),
    programmes: programmeCommands({ store, site }),
    grant: grantQuota({ store, site }),
  }
}

export type People = ReturnType<typeof peopleOn>
