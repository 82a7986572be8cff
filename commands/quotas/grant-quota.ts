import type { EventStore } from '#commands/event-store.ts'
import { commandHandler, type Envelope, type Handled } from '#commands/handle.ts'
import { PersonRefusal } from '#domain/people/refusal.ts'
import { programmeStream, userStream } from '#domain/people/streams.ts'
import type { Account, QuotaEvent } from '#domain/requests/quotas/events.ts'
import { type GrantQuota, quotaGrants } from '#domain/requests/quotas/grant.ts'
import { isQuotaEvent } from '#domain/requests/quotas/sentences.ts'
import { quotaStream } from '#domain/requests/quotas/streams.ts'

type Parts = { readonly store: EventStore; readonly site: string }

/** Where the log has whose account it is; null where there is nothing to look up. */
const holderStream = ({ level, id }: Account): string | null => {
  if (level === 'country') return null
  return level === 'user' ? userStream(id) : programmeStream(id)
}

/** Grants time to an account. Rejects with `PersonRefusal` for one of nobody's. */
export const grantQuota = ({ store, site }: Parts) => {
  const handle = commandHandler<null, GrantQuota, QuotaEvent>({
    store,
    decider: quotaGrants,
    streamOf: ({ account }) => quotaStream(account.period),
    site,
    isOwn: isQuotaEvent,
  })

  const exists = async (stream: string): Promise<boolean> => {
    for await (const _ of store.readBackwards(stream)) return true
    return false
  }

  return async (command: GrantQuota, envelope: Envelope): Promise<Handled<QuotaEvent>> => {
    const { level, id } = command.account
    const stream = holderStream(command.account)
    if (stream !== null && !(await exists(stream)))
      throw new PersonRefusal('account_unknown', { path: 'id', message: `there is no ${level} ${id}` })
    return handle(command, envelope)
  }
}

export type GrantQuotaCommand = ReturnType<typeof grantQuota>
