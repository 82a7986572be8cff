import type { Handled } from '#commands/handle.ts'
import type { UserCommands } from '#commands/people/users.ts'
import type { UserEvent } from '#domain/people/user.ts'
import type { Directory } from './directory.ts'

const patienceMs = 2_000

/** Commands about users that are answered once what may be done is judged by them. */
export const settledUsers = (users: UserCommands, directory: Directory): UserCommands => {
  const settled = async (working: Promise<Handled<UserEvent>>): Promise<Handled<UserEvent>> => {
    const handled = await working
    if (handled.position === null) return handled
    // The log may go away between the two: what was done is done, and is known a moment later.
    const late = Promise.withResolvers<void>()
    const timer = setTimeout(late.resolve, patienceMs)
    await Promise.race([directory.reached(handled.position), late.promise])
    clearTimeout(timer)
    return handled
  }
  return {
    register: (...command) => settled(users.register(...command)),
    erase: (...command) => settled(users.erase(...command)),
    handle: (...command) => settled(users.handle(...command)),
    changeProfile: users.changeProfile,
  }
}
