import type { Decided, Decider } from '#domain/shared/decider.ts'
import type { EventOf } from '#domain/shared/define-event.ts'
import type { DomainEvent } from '#domain/shared/event.ts'
import type { Instant } from '#domain/shared/time.ts'
import { type Role, roleGranted, roleRevoked, userErased, userRegistered } from './events.ts'
import { PersonRefusal } from './refusal.ts'

const userEvents = [userRegistered, roleGranted, roleRevoked, userErased] as const
export type UserEvent = EventOf<(typeof userEvents)[number]>

export const isUserEvent = <E extends DomainEvent>(event: E): event is E & UserEvent =>
  userEvents.some(({ type }) => type === event.type)

type About = { readonly userId: string; readonly at: Instant }

export type RegisterUser = About & {
  readonly type: 'RegisterUser'
  readonly country: string | null
  readonly level: number
  readonly roles: readonly Role[]
}
export type UserCommand =
  | RegisterUser
  | (About & { readonly type: 'GrantRole'; readonly role: Role })
  | (About & { readonly type: 'RevokeRole'; readonly role: Role })
  | (About & { readonly type: 'EraseUser' })

export type UserState = {
  readonly standing: 'unknown' | 'registered' | 'erased'
  readonly country: string | null
  readonly level: number
  readonly roles: readonly Role[]
}

const evolve = (state: UserState, event: UserEvent): UserState => {
  switch (event.type) {
    case 'UserRegistered': {
      const { country, level, roles } = event.data
      return { standing: 'registered', country, level, roles }
    }
    case 'RoleGranted':
      return { ...state, roles: [...state.roles, event.data.role] }
    case 'RoleRevoked':
      return { ...state, roles: state.roles.filter((role) => role !== event.data.role) }
    case 'UserErased':
      return { ...state, standing: 'erased', roles: [] }
  }
}

const sameSet = (one: readonly Role[], other: readonly Role[]): boolean =>
  [...new Set(one)].sort().join() === [...new Set(other)].sort().join()

const register = (
  { userId, country, level, roles }: RegisterUser,
  state: UserState,
): Decided<UserEvent>[] => {
  if (state.standing === 'unknown')
    return [{ type: 'UserRegistered', data: { userId, country, level, roles: [...new Set(roles)] } }]
  // Registering is repeated to mend one that was cut short: then it is the same person, said the same way.
  const same = state.country === country && state.level === level && sameSet(state.roles, roles)
  if (state.standing === 'registered' && same) return []
  throw new PersonRefusal('user_exists', {
    path: 'userId',
    message: `${userId} is taken; ids are never given to another`,
  })
}

/** A user, from registration to erasure. Throws {@link PersonRefusal}. */
export const user: Decider<UserState, UserCommand, UserEvent> = {
  initial: { standing: 'unknown', country: null, level: 0, roles: [] },
  evolve,
  decide: (command, state) => {
    const { userId } = command
    if (command.type === 'RegisterUser') return register(command, state)
    if (state.standing === 'unknown')
      throw new PersonRefusal('user_unknown', { path: 'userId', message: `there is no user ${userId}` })
    if (command.type === 'EraseUser')
      return state.standing === 'erased' ? [] : [{ type: 'UserErased', data: { userId } }]
    if (state.standing === 'erased')
      throw new PersonRefusal('user_erased', {
        path: 'userId',
        message: `${userId} was erased and has no roles any more`,
      })
    const { role } = command
    if (state.roles.includes(role) === (command.type === 'GrantRole')) return []
    return [{ type: command.type === 'GrantRole' ? 'RoleGranted' : 'RoleRevoked', data: { userId, role } }]
  },
}
