import { Refusal } from '#domain/shared/refusal.ts'
import { CommandRefused } from './command-refused.ts'

/** Does what may meet a rule of the domain, and gives its refusal as the command's. */
export const refusing = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) throw new CommandRefused(error.code, error.message)
    throw error
  }
}
