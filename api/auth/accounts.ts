import type { EventStore } from '#commands/event-store.ts'
import type { Credentials } from '#commands/people/credentials.ts'
import type { PersonalData } from '#commands/people/personal-data.ts'
import { accessRecorder } from '#commands/people/record-access.ts'
import type { UserCommands } from '#commands/people/users.ts'
import type { Clock } from '#domain/shared/clock.ts'
import type { Site } from '#domain/shared/site.ts'
import { Attempts } from './attempts.ts'
import type { Directory } from './directory.ts'
import { FirstAdminCode } from './first-admin.ts'
import { makeLane } from './lane.ts'
import { settledUsers } from './settled-users.ts'

type Parts = {
  readonly store: EventStore
  readonly credentials: Credentials
  readonly directory: Directory
  readonly users: UserCommands
  readonly personalData: PersonalData
  readonly clock: Clock
  readonly site: Site
}

/** What signing in works with: who there is, what they show, and how fast they may try. */
export type Accounts = ReturnType<typeof accountsOn>

export const accountsOn = (parts: Parts) => ({
  ...parts,
  users: settledUsers(parts.users, parts.directory),
  record: accessRecorder(parts.store, parts.site),
  attempts: new Attempts(),
  firstAdmin: new FirstAdminCode(),
  // Each guess takes a thread and 46 MiB for a tenth of a second; the threads are everybody's.
  hashing: makeLane(2, 30),
})
